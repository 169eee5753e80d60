ALTER TABLE report_answers DROP COLUMN edited_on;
ALTER TABLE report_answers DROP COLUMN reading;
ALTER TABLE reports DROP COLUMN drafted_at;
