CREATE TABLE sign_in_failures (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at TEXT NOT NULL
) STRICT;
ALTER TABLE users DROP COLUMN sign_in_unlocks;
CREATE TABLE one_time_tokens_of_two_kinds (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
INSERT INTO one_time_tokens_of_two_kinds (id, user_id, purpose, token_hash, expires_at, used_at)
SELECT id, user_id, purpose, token_hash, expires_at, used_at FROM one_time_tokens WHERE purpose <> 'sign_in_link';
DROP TABLE one_time_tokens;
ALTER TABLE one_time_tokens_of_two_kinds RENAME TO one_time_tokens;
CREATE INDEX one_time_tokens_of_user ON one_time_tokens (user_id);
