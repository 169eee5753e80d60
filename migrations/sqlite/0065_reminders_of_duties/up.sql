-- The reminders of periodic reports are parts of the mail of the day: one row for the report of an institution on a
-- period, the day of the step, and the recipient. The rows of a delivery are the contents of its mail.
CREATE TABLE duty_reminders (
  id BLOB NOT NULL PRIMARY KEY,
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  institution_id BLOB NOT NULL,
  period_from TEXT NOT NULL,
  step_on TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  delivery_id BLOB REFERENCES deliveries (id) ON DELETE SET NULL,
  UNIQUE (duty_id, institution_id, period_from, step_on, recipient)
) STRICT;
CREATE INDEX duty_reminders_of_delivery ON duty_reminders (delivery_id);
CREATE INDEX duty_reminders_by_day ON duty_reminders (duty_id, step_on);
-- They were mails of their own, which people could turn off.
DELETE FROM notification_preferences WHERE event IN ('duty_due', 'duty_missing');
DELETE FROM notices WHERE event IN ('duty_due', 'duty_missing');
