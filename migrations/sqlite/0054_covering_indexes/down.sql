DROP INDEX updates_by_acceptance;
DROP INDEX assignments_by_institution;
CREATE INDEX assignments_by_institution ON assignments (institution_id, commitment_id);
DROP INDEX commitments_of_country;
DROP INDEX commitments_by_status;
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id);
