DROP TRIGGER reminder_agenda_commitment ON commitments;
CREATE TRIGGER reminder_agenda_commitment AFTER UPDATE OF status, due_to, restricted, lead_commission_id ON commitments
  FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.due_to IS DISTINCT FROM NEW.due_to OR OLD.restricted <> NEW.restricted
    OR OLD.lead_commission_id <> NEW.lead_commission_id) EXECUTE FUNCTION reminder_agenda_of_commitment();
