-- The second factor of a person: the encrypted secret of an authenticator app, and recovery codes as hashes.
CREATE TABLE second_factors (
  user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  secret TEXT NOT NULL,
  created_at TEXT NOT NULL,
  confirmed_at TEXT,
  last_step INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_codes (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at TEXT,
  UNIQUE (user_id, code_hash)
) STRICT;
-- Tokens for programs: each is a session of the API with a name and an own secret.
CREATE TABLE personal_tokens (
  session_id BLOB NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  may_write INTEGER NOT NULL CHECK (may_write IN (0, 1))
) STRICT;
