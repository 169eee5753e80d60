-- Account mails without tokens, a ledger that outlives the deliveries, and counts of what each person does in a day.

-- A mail with a one-time link is written when it is sent: its kind and its user say everything that it needs.
UPDATE deliveries SET payload = '{}' WHERE kind IN ('invitation', 'password_reset', 'sign_in_link');
-- The token of a mail that has not been sent opens nothing.
DELETE FROM one_time_tokens WHERE used_at IS NULL AND EXISTS (
  SELECT 1 FROM deliveries d WHERE d.user_id = one_time_tokens.user_id AND d.kind = one_time_tokens.purpose AND d.status <> 'sent'
  AND NOT EXISTS (SELECT 1 FROM deliveries later WHERE later.user_id = d.user_id AND later.kind = d.kind AND later.id > d.id));
-- Only admins see who asked for a new password.
DELETE FROM delivery_commissions WHERE delivery_id IN (SELECT id FROM deliveries WHERE kind = 'password_reset');
UPDATE deliveries SET country_code = NULL WHERE kind = 'password_reset';

-- The ledger remembers a step after the delivery that carried it has been purged.
ALTER TABLE reminder_ledger ALTER COLUMN delivery_id DROP NOT NULL;
ALTER TABLE reminder_ledger DROP CONSTRAINT reminder_ledger_delivery_id_fkey;
ALTER TABLE reminder_ledger ADD CONSTRAINT reminder_ledger_delivery_id_fkey
  FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE SET NULL;

-- How often a person did something on the last day on which it was done: one row a person and kind.
CREATE TABLE daily_uses (
  user_id UUID NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  day DATE NOT NULL,
  uses INTEGER NOT NULL CHECK (uses >= 0),
  PRIMARY KEY (user_id, kind)
);
