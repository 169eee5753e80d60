DROP TABLE report_comments;
DROP TABLE report_assignees;
DROP INDEX report_answers_of_confirmer;
ALTER TABLE report_answers DROP COLUMN confirmed_by;
ALTER TABLE report_answers DROP COLUMN confirmed_at;
