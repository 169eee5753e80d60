-- When each open assignment is next to be looked at for reminders, so that planning costs what is due and not what is open.
CREATE TABLE reminder_agenda (
  assignment_id UUID NOT NULL PRIMARY KEY REFERENCES assignments (id) ON DELETE CASCADE,
  look_at TIMESTAMP NOT NULL
);
CREATE INDEX reminder_agenda_by_time ON reminder_agenda (look_at, assignment_id);
INSERT INTO reminder_agenda (assignment_id, look_at) SELECT id, '1970-01-01' FROM assignments WHERE open;
-- Whatever changes a term, a rhythm or who answers for an institution brings its assignments to the front.
CREATE FUNCTION reminder_agenda_of_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at) VALUES (NEW.id, '1970-01-01')
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
  RETURN NULL;
END $$;
CREATE FUNCTION reminder_agenda_of_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT id, '1970-01-01' FROM assignments WHERE commitment_id = NEW.id AND open
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
  RETURN NULL;
END $$;
CREATE FUNCTION reminder_agenda_of_commission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT a.id, '1970-01-01' FROM commitments c JOIN assignments a ON a.commitment_id = c.id
    WHERE c.lead_commission_id = NEW.commission_id AND a.open
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
  RETURN NULL;
END $$;
CREATE FUNCTION reminder_agenda_of_speaker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE reminder_agenda SET look_at = '1970-01-01'
      WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = OLD.institution_id AND open);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE reminder_agenda SET look_at = '1970-01-01'
      WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = NEW.institution_id AND open);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION reminder_agenda_of_institution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = NEW.id AND open);
  RETURN NULL;
END $$;
CREATE TRIGGER reminder_agenda_new AFTER INSERT ON assignments
  FOR EACH ROW WHEN (NEW.open) EXECUTE FUNCTION reminder_agenda_of_assignment();
CREATE TRIGGER reminder_agenda_assignment AFTER UPDATE OF open, due_to ON assignments
  FOR EACH ROW WHEN (OLD.open <> NEW.open OR OLD.due_to IS DISTINCT FROM NEW.due_to) EXECUTE FUNCTION reminder_agenda_of_assignment();
CREATE TRIGGER reminder_agenda_commitment AFTER UPDATE OF status, due_to, restricted, lead_commission_id ON commitments
  FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.due_to IS DISTINCT FROM NEW.due_to OR OLD.restricted <> NEW.restricted
    OR OLD.lead_commission_id <> NEW.lead_commission_id) EXECUTE FUNCTION reminder_agenda_of_commitment();
CREATE TRIGGER reminder_agenda_policy AFTER INSERT ON reminder_policies
  FOR EACH ROW EXECUTE FUNCTION reminder_agenda_of_commission();
CREATE TRIGGER reminder_agenda_delegate AFTER INSERT OR UPDATE OR DELETE ON delegates
  FOR EACH ROW EXECUTE FUNCTION reminder_agenda_of_speaker();
CREATE TRIGGER reminder_agenda_representative AFTER INSERT OR DELETE ON grants
  FOR EACH ROW EXECUTE FUNCTION reminder_agenda_of_speaker();
CREATE TRIGGER reminder_agenda_institution AFTER UPDATE OF email ON institutions
  FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION reminder_agenda_of_institution();
-- Whose mail it is, as addresses are compared: one mail a person a day, and what bounces.
ALTER TABLE deliveries ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET recipient = lower(trim(address));
CREATE INDEX deliveries_of_recipient ON deliveries (recipient, kind, id);
-- What has come to its end has no next attempt, so that the queue alone is read.
UPDATE deliveries SET next_attempt_at = '9999-12-31', leased_until = NULL WHERE status NOT IN ('queued', 'sending');
DROP INDEX deliveries_due;
CREATE INDEX deliveries_waiting ON deliveries (next_attempt_at, id);
