-- Sign-in links for throttled accounts. Failed sign-ins are counted in memory; an admin's unlocking is counted here.
ALTER TABLE one_time_tokens DROP CONSTRAINT one_time_tokens_purpose_check,
  ADD CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('invitation', 'password_reset', 'sign_in_link'));
CREATE INDEX one_time_tokens_by_expiry ON one_time_tokens (expires_at);
CREATE INDEX one_time_tokens_by_use ON one_time_tokens (used_at);
ALTER TABLE users ADD COLUMN sign_in_unlocks INTEGER NOT NULL DEFAULT 0;
DROP TABLE sign_in_failures;
