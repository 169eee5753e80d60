-- Planning skips drafts; publication brings the assignments to the front.
DROP TRIGGER reminder_agenda_commitment ON commitments;
CREATE TRIGGER reminder_agenda_commitment AFTER UPDATE OF status, due_to, restricted, lead_commission_id, draft ON commitments
  FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.due_to IS DISTINCT FROM NEW.due_to OR OLD.restricted <> NEW.restricted
    OR OLD.lead_commission_id <> NEW.lead_commission_id OR OLD.draft <> NEW.draft) EXECUTE FUNCTION reminder_agenda_of_commitment();
