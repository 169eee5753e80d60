-- What the secretariat was told again that it waits, in which mail, and how far the daily and weekly planning has come.
CREATE TABLE waiting_ledger (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('update', 'extension', 'activity', 'meeting')),
  record_id BLOB NOT NULL,
  step INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  delivery_id BLOB REFERENCES deliveries (id) ON DELETE SET NULL,
  UNIQUE (record_id, kind, step, recipient)
) STRICT;
CREATE INDEX waiting_ledger_of_delivery ON waiting_ledger (delivery_id);
-- The last day that was planned for a commission, or for the weekly summary of a person.
CREATE TABLE planned_days (
  subject_id BLOB NOT NULL PRIMARY KEY,
  day TEXT NOT NULL
) STRICT;
-- A representative, a delegate or the address of an institution changed; the mails about it are written
-- later, and the row is deleted then.
CREATE TABLE contact_changes (
  id BLOB NOT NULL PRIMARY KEY,
  institution_id BLOB NOT NULL,
  commission_id BLOB,
  kind TEXT NOT NULL,
  old_address TEXT,
  new_address TEXT,
  person TEXT,
  user_id BLOB,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX notices_waiting ON notices (timing, id) WHERE delivery_id IS NULL;
CREATE INDEX activities_submitted ON activities (id) WHERE status = 'submitted';
-- A draft has no reminders; its publication brings its assignments to the front.
CREATE TRIGGER reminder_agenda_publication AFTER UPDATE OF draft ON commitments WHEN old.draft <> new.draft BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT id, '1970-01-01 00:00:00' FROM assignments WHERE commitment_id = new.id AND open = 1
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
END;
