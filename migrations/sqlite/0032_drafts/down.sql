DROP TRIGGER reminder_agenda_commitment;
CREATE TRIGGER reminder_agenda_commitment AFTER UPDATE OF status, due_to, restricted, lead_commission_id ON commitments
WHEN old.status <> new.status OR old.due_to IS NOT new.due_to OR old.restricted <> new.restricted
  OR old.lead_commission_id <> new.lead_commission_id BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at)
    SELECT id, '1970-01-01 00:00:00' FROM assignments WHERE commitment_id = new.id AND open = 1
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
END;
