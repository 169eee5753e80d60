CREATE TABLE sign_in_failures (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at TIMESTAMP NOT NULL
);
ALTER TABLE users DROP COLUMN sign_in_unlocks;
DROP INDEX one_time_tokens_by_use;
DROP INDEX one_time_tokens_by_expiry;
DELETE FROM one_time_tokens WHERE purpose = 'sign_in_link';
ALTER TABLE one_time_tokens DROP CONSTRAINT one_time_tokens_purpose_check,
  ADD CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('invitation', 'password_reset'));
