-- From where somebody acted, and refused sign-ins that are counted before they become an entry of the audit log.
ALTER TABLE audit_log ADD COLUMN client TEXT;
CREATE INDEX audit_log_by_client ON audit_log (client, id);
CREATE TABLE refused_sign_ins (
  account TEXT NOT NULL,
  client TEXT NOT NULL,
  is_user BOOLEAN NOT NULL,
  since TIMESTAMP NOT NULL,
  further INTEGER NOT NULL,
  PRIMARY KEY (account, client)
);
CREATE INDEX refused_sign_ins_by_time ON refused_sign_ins (since);
