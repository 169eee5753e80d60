-- When each open assignment is next to be looked at for reminders, so that planning costs what is due and not what is open.
CREATE TABLE reminder_agenda (
  assignment_id BLOB NOT NULL PRIMARY KEY REFERENCES assignments (id) ON DELETE CASCADE,
  look_at TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_agenda_by_time ON reminder_agenda (look_at, assignment_id);
INSERT INTO reminder_agenda (assignment_id, look_at) SELECT id, '1970-01-01 00:00:00' FROM assignments WHERE open = 1;
-- Whatever changes a term, a rhythm or who answers for an institution brings its assignments to the front.
CREATE TRIGGER reminder_agenda_new AFTER INSERT ON assignments WHEN new.open = 1 BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at) VALUES (new.id, '1970-01-01 00:00:00');
END;
CREATE TRIGGER reminder_agenda_assignment AFTER UPDATE OF open, due_to ON assignments
WHEN old.open <> new.open OR old.due_to IS NOT new.due_to BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at) VALUES (new.id, '1970-01-01 00:00:00')
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
END;
CREATE TRIGGER reminder_agenda_commitment AFTER UPDATE OF status, due_to, restricted, lead_commission_id ON commitments
WHEN old.status <> new.status OR old.due_to IS NOT new.due_to OR old.restricted <> new.restricted
  OR old.lead_commission_id <> new.lead_commission_id BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT id, '1970-01-01 00:00:00' FROM assignments WHERE commitment_id = new.id AND open = 1
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
END;
CREATE TRIGGER reminder_agenda_policy AFTER INSERT ON reminder_policies BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT a.id, '1970-01-01 00:00:00' FROM commitments c JOIN assignments a ON a.commitment_id = c.id
    WHERE c.lead_commission_id = new.commission_id AND a.open = 1
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
END;
CREATE TRIGGER reminder_agenda_new_delegate AFTER INSERT ON delegates BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = new.institution_id AND open = 1);
END;
CREATE TRIGGER reminder_agenda_delegate AFTER UPDATE ON delegates BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id IN (old.institution_id, new.institution_id) AND open = 1);
END;
CREATE TRIGGER reminder_agenda_delegate_gone AFTER DELETE ON delegates BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = old.institution_id AND open = 1);
END;
CREATE TRIGGER reminder_agenda_representative AFTER INSERT ON grants WHEN new.institution_id IS NOT NULL BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = new.institution_id AND open = 1);
END;
CREATE TRIGGER reminder_agenda_representative_gone AFTER DELETE ON grants WHEN old.institution_id IS NOT NULL BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = old.institution_id AND open = 1);
END;
CREATE TRIGGER reminder_agenda_institution AFTER UPDATE OF email ON institutions WHEN old.email IS NOT new.email BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = new.id AND open = 1);
END;
-- Whose mail it is, as addresses are compared: one mail a person a day, and what bounces.
ALTER TABLE deliveries ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET recipient = lower(trim(address));
CREATE INDEX deliveries_of_recipient ON deliveries (recipient, kind, id);
-- What has come to its end has no next attempt, so that the queue alone is read.
UPDATE deliveries SET next_attempt_at = '9999-12-31 00:00:00', leased_until = NULL WHERE status NOT IN ('queued', 'sending');
DROP INDEX deliveries_due;
CREATE INDEX deliveries_waiting ON deliveries (next_attempt_at, id);
