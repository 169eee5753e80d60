-- Every change: who, when, what, before and after; and the datasets' own keys. The audit log only ever grows.
CREATE TABLE audit_log (
  id BLOB NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  user_id BLOB REFERENCES users (id),
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  country_code TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_log_by_country ON audit_log (country_code, id);
CREATE INDEX audit_log_by_record ON audit_log (kind, record_id, id);
CREATE INDEX audit_log_by_user ON audit_log (user_id, id);
CREATE TABLE dataset_keys (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id BLOB NOT NULL,
  PRIMARY KEY (kind, scope, key)
) STRICT;
CREATE INDEX dataset_keys_of_record ON dataset_keys (record_id, kind);
CREATE TRIGGER audit_log_refuses_update BEFORE UPDATE ON audit_log BEGIN
  SELECT raise(ABORT, 'audit_log only grows');
END;
CREATE TRIGGER audit_log_refuses_delete BEFORE DELETE ON audit_log BEGIN
  SELECT raise(ABORT, 'audit_log only grows');
END;
