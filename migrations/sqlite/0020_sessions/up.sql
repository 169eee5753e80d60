-- Sessions: every sign-in is one. Its refresh tokens and access tokens end with it.
CREATE TABLE sessions (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL CHECK (kind IN ('api', 'web')),
  client TEXT,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_end ON sessions (ended_at);
-- A family of refresh tokens becomes a session, 90 days at most from its sign-in.
INSERT INTO sessions (id, user_id, kind, created_at, last_seen_at, expires_at, ended_at)
SELECT family_id, user_id, 'api', min(issued_at), max(issued_at),
  min(datetime(min(issued_at), '+90 days'), max(expires_at)), max(revoked_at)
FROM refresh_tokens GROUP BY family_id, user_id;
CREATE TABLE refresh_tokens_of_sessions (
  id BLOB NOT NULL PRIMARY KEY,
  family_id BLOB NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
INSERT INTO refresh_tokens_of_sessions (id, family_id, token_hash, issued_at, expires_at, used_at)
SELECT id, family_id, token_hash, issued_at, expires_at, used_at FROM refresh_tokens;
DROP TABLE refresh_tokens;
ALTER TABLE refresh_tokens_of_sessions RENAME TO refresh_tokens;
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
