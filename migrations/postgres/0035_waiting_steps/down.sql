DROP TRIGGER reminder_agenda_publication ON commitments;
DROP INDEX activities_submitted;
DROP INDEX notices_waiting;
DROP TABLE contact_changes;
DROP TABLE planned_days;
DROP TABLE waiting_ledger;
