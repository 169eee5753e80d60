CREATE TABLE refresh_tokens_of_users (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  family_id BLOB NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  revoked_at TEXT
) STRICT;
INSERT INTO refresh_tokens_of_users (id, user_id, family_id, token_hash, issued_at, expires_at, used_at, revoked_at)
SELECT t.id, s.user_id, t.family_id, t.token_hash, t.issued_at, t.expires_at, t.used_at, s.ended_at
FROM refresh_tokens t JOIN sessions s ON s.id = t.family_id;
DROP TABLE refresh_tokens;
ALTER TABLE refresh_tokens_of_users RENAME TO refresh_tokens;
CREATE INDEX refresh_tokens_of_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);
DROP TABLE sessions;
