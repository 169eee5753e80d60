DROP TRIGGER reminder_agenda_new ON assignments;
DROP FUNCTION reminder_agenda_of_new_assignments();
CREATE TRIGGER reminder_agenda_new AFTER INSERT ON assignments
  FOR EACH ROW WHEN (NEW.open) EXECUTE FUNCTION reminder_agenda_of_assignment();
