-- Every change: who, when, what, before and after; and the datasets' own keys. The audit log only ever grows.
CREATE TABLE audit_log (
  id UUID NOT NULL PRIMARY KEY,
  at TIMESTAMP NOT NULL,
  user_id UUID REFERENCES users (id),
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  country_code TEXT,
  before TEXT,
  after TEXT
);
CREATE INDEX audit_log_by_country ON audit_log (country_code, id);
CREATE INDEX audit_log_by_record ON audit_log (kind, record_id, id);
CREATE INDEX audit_log_by_user ON audit_log (user_id, id);
CREATE TABLE dataset_keys (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id UUID NOT NULL,
  PRIMARY KEY (kind, scope, key)
);
CREATE INDEX dataset_keys_of_record ON dataset_keys (record_id, kind);
CREATE FUNCTION audit_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log only grows';
END $$;
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_only_grows();
