-- Sessions: every sign-in is one. Its refresh tokens and access tokens end with it.
CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL CHECK (kind IN ('api', 'web')),
  client TEXT,
  created_at TIMESTAMP NOT NULL,
  last_seen_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP
);
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_end ON sessions (ended_at);
-- A family of refresh tokens becomes a session, 90 days at most from its sign-in.
INSERT INTO sessions (id, user_id, kind, created_at, last_seen_at, expires_at, ended_at)
SELECT family_id, user_id, 'api', min(issued_at), max(issued_at),
  least(min(issued_at) + interval '90 days', max(expires_at)), max(revoked_at)
FROM refresh_tokens GROUP BY family_id, user_id;
DROP INDEX refresh_tokens_of_user;
ALTER TABLE refresh_tokens DROP COLUMN user_id, DROP COLUMN revoked_at,
  ADD FOREIGN KEY (family_id) REFERENCES sessions (id) ON DELETE CASCADE;
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
