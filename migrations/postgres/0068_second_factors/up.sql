-- The second factor of a person: the encrypted secret of an authenticator app, and recovery codes as hashes.
CREATE TABLE second_factors (
  user_id UUID NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  secret TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  confirmed_at TIMESTAMP,
  last_step BIGINT NOT NULL
);
CREATE TABLE recovery_codes (
  id UUID NOT NULL PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at TIMESTAMP,
  UNIQUE (user_id, code_hash)
);
-- Tokens for programs: each is a session of the API with a name and an own secret.
CREATE TABLE personal_tokens (
  session_id UUID NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  may_write BOOLEAN NOT NULL
);
