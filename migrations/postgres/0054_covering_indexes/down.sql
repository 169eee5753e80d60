DROP INDEX updates_by_acceptance;
DROP INDEX commitments_by_status;
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id);
