DROP TABLE daily_uses;
DELETE FROM reminder_ledger WHERE delivery_id IS NULL;
CREATE TABLE reminder_ledger_old (
  id BLOB NOT NULL PRIMARY KEY,
  assignment_id BLOB NOT NULL REFERENCES assignments (id) ON DELETE CASCADE,
  due TEXT NOT NULL,
  step INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  delivery_id BLOB NOT NULL REFERENCES deliveries (id),
  UNIQUE (assignment_id, due, step, recipient)
) STRICT;
INSERT INTO reminder_ledger_old (id, assignment_id, due, step, recipient, reason, delivery_id)
  SELECT id, assignment_id, due, step, recipient, reason, delivery_id FROM reminder_ledger;
DROP TABLE reminder_ledger;
ALTER TABLE reminder_ledger_old RENAME TO reminder_ledger;
CREATE INDEX reminder_ledger_of_delivery ON reminder_ledger (delivery_id);
