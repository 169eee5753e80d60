-- Undoes 0015_calendar_tokens: The secret address of each person's calendar feed, and terms from a day on.
DROP INDEX assignments_by_due;
DROP TABLE calendar_tokens;
