DROP INDEX deliveries_by_kind;
DROP INDEX deliveries_by_day;
DROP INDEX grants_by_role;
DROP INDEX users_by_disabled;
DROP INDEX audit_log_by_action;
DROP INDEX audit_log_by_time;
DROP INDEX observation_themes_by_theme;
