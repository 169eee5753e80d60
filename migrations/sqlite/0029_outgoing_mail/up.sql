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
CREATE TABLE reminder_ledger_new (
  id BLOB NOT NULL PRIMARY KEY,
  assignment_id BLOB NOT NULL REFERENCES assignments (id) ON DELETE CASCADE,
  due TEXT NOT NULL,
  step INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  delivery_id BLOB REFERENCES deliveries (id) ON DELETE SET NULL,
  UNIQUE (assignment_id, due, step, recipient)
) STRICT;
INSERT INTO reminder_ledger_new (id, assignment_id, due, step, recipient, reason, delivery_id)
  SELECT id, assignment_id, due, step, recipient, reason, delivery_id FROM reminder_ledger;
DROP TABLE reminder_ledger;
ALTER TABLE reminder_ledger_new RENAME TO reminder_ledger;
CREATE INDEX reminder_ledger_of_delivery ON reminder_ledger (delivery_id);

-- How often a person did something on the last day on which it was done: one row a person and kind.
CREATE TABLE daily_uses (
  user_id BLOB NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  uses INTEGER NOT NULL CHECK (uses >= 0),
  PRIMARY KEY (user_id, kind)
) STRICT;
