-- Counts are read from an index alone. PostgreSQL reads the overview faster from the tables.
DROP INDEX commitments_by_status;
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id, country_code, draft, restricted, due_to);
CREATE INDEX updates_by_acceptance ON updates (review_outcome, reviewed_at, assignment_id);
