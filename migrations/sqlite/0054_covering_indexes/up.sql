-- Counts and the overview are read from an index alone: of a large country, the rows themselves do not fit in the cache.
DROP INDEX commitments_by_status;
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id, country_code, draft, restricted, due_to);
CREATE INDEX commitments_of_country ON commitments (country_code, draft, id, open, due_to, status, restricted, lead_commission_id);
DROP INDEX assignments_by_institution;
CREATE INDEX assignments_by_institution
  ON assignments (institution_id, commitment_id, open, due_to, verification, completed_on, last_update_at, id);
CREATE INDEX updates_by_acceptance ON updates (review_outcome, reviewed_at, assignment_id);
