DROP INDEX refresh_tokens_by_expiry;
ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_family_id_fkey,
  ADD COLUMN user_id UUID REFERENCES users (id), ADD COLUMN revoked_at TIMESTAMP;
UPDATE refresh_tokens SET user_id = sessions.user_id, revoked_at = sessions.ended_at
FROM sessions WHERE sessions.id = refresh_tokens.family_id;
ALTER TABLE refresh_tokens ALTER COLUMN user_id SET NOT NULL;
CREATE INDEX refresh_tokens_of_user ON refresh_tokens (user_id);
DROP TABLE sessions;
