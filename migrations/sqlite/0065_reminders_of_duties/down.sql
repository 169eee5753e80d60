DROP TABLE duty_reminders;
