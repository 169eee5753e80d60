-- What each person is allowed to be: a role within a country, a commission or an institution.
CREATE TABLE grants (
  id UUID NOT NULL PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'coordinator', 'secretariat', 'representative', 'observer')),
  country_code TEXT REFERENCES countries (code),
  commission_id UUID REFERENCES commissions (id),
  institution_id UUID REFERENCES institutions (id),
  created_at TIMESTAMP NOT NULL,
  CHECK (role <> 'admin' OR (country_code IS NULL AND commission_id IS NULL AND institution_id IS NULL)),
  CHECK (role <> 'coordinator' OR (country_code IS NOT NULL AND commission_id IS NULL AND institution_id IS NULL)),
  CHECK (role NOT IN ('secretariat', 'observer') OR (commission_id IS NOT NULL AND country_code IS NULL AND institution_id IS NULL)),
  CHECK (role <> 'representative' OR (institution_id IS NOT NULL AND country_code IS NULL AND commission_id IS NULL))
);
CREATE INDEX grants_of_user ON grants (user_id);
CREATE INDEX grants_of_country ON grants (country_code);
CREATE INDEX grants_of_commission ON grants (commission_id, role);
CREATE INDEX grants_of_institution ON grants (institution_id);
CREATE TABLE refresh_tokens (
  id UUID NOT NULL PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  family_id UUID NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  issued_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP,
  revoked_at TIMESTAMP
);
CREATE INDEX refresh_tokens_of_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);
CREATE TABLE one_time_tokens (
  id UUID NOT NULL PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP
);
CREATE INDEX one_time_tokens_of_user ON one_time_tokens (user_id);
CREATE TABLE sign_in_failures (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at TIMESTAMP NOT NULL
);
CREATE TABLE idempotency_keys (
  user_id UUID NOT NULL REFERENCES users (id),
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  location TEXT,
  etag TEXT,
  body TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (user_id, path, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
