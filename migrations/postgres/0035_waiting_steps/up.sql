-- What the secretariat was told again that it waits, in which mail, and how far the daily and weekly planning has come.
CREATE TABLE waiting_ledger (
  id UUID NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('update', 'extension', 'activity', 'meeting')),
  record_id UUID NOT NULL,
  step INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  delivery_id UUID REFERENCES deliveries (id) ON DELETE SET NULL,
  UNIQUE (record_id, kind, step, recipient)
);
CREATE INDEX waiting_ledger_of_delivery ON waiting_ledger (delivery_id);
-- The last day that was planned for a commission, or for the weekly summary of a person.
CREATE TABLE planned_days (
  subject_id UUID NOT NULL PRIMARY KEY,
  day DATE NOT NULL
);
-- A representative, a delegate or the address of an institution changed; the mails about it are written
-- later, and the row is deleted then.
CREATE TABLE contact_changes (
  id UUID NOT NULL PRIMARY KEY,
  institution_id UUID NOT NULL,
  commission_id UUID,
  kind TEXT NOT NULL,
  old_address TEXT,
  new_address TEXT,
  person TEXT,
  user_id UUID,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX notices_waiting ON notices (timing, id) WHERE delivery_id IS NULL;
CREATE INDEX activities_submitted ON activities (id) WHERE status = 'submitted';
-- A draft has no reminders; its publication brings its assignments to the front.
CREATE TRIGGER reminder_agenda_publication AFTER UPDATE OF draft ON commitments
  FOR EACH ROW WHEN (OLD.draft <> NEW.draft) EXECUTE FUNCTION reminder_agenda_of_commitment();
