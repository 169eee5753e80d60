-- Sign-in links for throttled accounts. Failed sign-ins are counted in memory; an admin's unlocking is counted here.
CREATE TABLE one_time_tokens_of_three_kinds (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password_reset', 'sign_in_link')),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
INSERT INTO one_time_tokens_of_three_kinds (id, user_id, purpose, token_hash, expires_at, used_at)
SELECT id, user_id, purpose, token_hash, expires_at, used_at FROM one_time_tokens;
DROP TABLE one_time_tokens;
ALTER TABLE one_time_tokens_of_three_kinds RENAME TO one_time_tokens;
CREATE INDEX one_time_tokens_of_user ON one_time_tokens (user_id);
CREATE INDEX one_time_tokens_by_expiry ON one_time_tokens (expires_at);
CREATE INDEX one_time_tokens_by_use ON one_time_tokens (used_at);
ALTER TABLE users ADD COLUMN sign_in_unlocks INTEGER NOT NULL DEFAULT 0;
DROP TABLE sign_in_failures;
