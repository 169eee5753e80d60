-- Mail waiting to go out, and the ledger of what each person has been reminded of.
CREATE TABLE deliveries (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  address TEXT NOT NULL,
  name TEXT,
  user_id BLOB REFERENCES users (id),
  country_code TEXT REFERENCES countries (code),
  language TEXT NOT NULL CHECK (language IN ('es', 'en')),
  day TEXT NOT NULL,
  payload TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  last_error TEXT,
  next_attempt_at TEXT NOT NULL,
  leased_until TEXT,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  sent_at TEXT,
  CHECK ((status = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE INDEX deliveries_due ON deliveries (status, next_attempt_at);
CREATE INDEX deliveries_by_status ON deliveries (status, id);
CREATE INDEX deliveries_of_user ON deliveries (user_id);
CREATE INDEX deliveries_of_country ON deliveries (country_code, id);
CREATE TABLE delivery_commissions (
  delivery_id BLOB NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (delivery_id, commission_id)
) STRICT;
CREATE INDEX delivery_commissions_by_commission ON delivery_commissions (commission_id, delivery_id);
CREATE TABLE reminder_ledger (
  id BLOB NOT NULL PRIMARY KEY,
  assignment_id BLOB NOT NULL REFERENCES assignments (id) ON DELETE CASCADE,
  due TEXT NOT NULL,
  step INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  delivery_id BLOB NOT NULL REFERENCES deliveries (id),
  UNIQUE (assignment_id, due, step, recipient)
) STRICT;
CREATE INDEX reminder_ledger_of_delivery ON reminder_ledger (delivery_id);
