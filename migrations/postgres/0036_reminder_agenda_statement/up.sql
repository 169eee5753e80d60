-- One statement puts all the assignments that another statement creates on the agenda: an import creates them by the hundred.
CREATE FUNCTION reminder_agenda_of_new_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reminder_agenda (assignment_id, look_at) SELECT id, '1970-01-01' FROM created WHERE open
    ON CONFLICT (assignment_id) DO UPDATE SET look_at = excluded.look_at;
  RETURN NULL;
END $$;
DROP TRIGGER reminder_agenda_new ON assignments;
CREATE TRIGGER reminder_agenda_new AFTER INSERT ON assignments REFERENCING NEW TABLE AS created
  FOR EACH STATEMENT EXECUTE FUNCTION reminder_agenda_of_new_assignments();
