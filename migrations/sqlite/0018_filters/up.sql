-- An index for every filter of a list that had none.
CREATE INDEX observation_themes_by_theme ON observation_themes (theme, observation_id);
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_action ON audit_log (action, id);
CREATE INDEX users_by_disabled ON users (disabled, id);
CREATE INDEX grants_by_role ON grants (role, user_id);
CREATE INDEX deliveries_by_day ON deliveries (day, id);
CREATE INDEX deliveries_by_kind ON deliveries (kind, id);
