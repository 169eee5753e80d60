-- Who brought a report in with a file, a dataset or a matrix.
ALTER TABLE updates ADD COLUMN from_file BOOLEAN NOT NULL DEFAULT FALSE;
-- Null for the command line.
ALTER TABLE updates ADD COLUMN imported_by UUID REFERENCES users (id) CHECK (imported_by IS NULL OR from_file);
CREATE INDEX updates_of_importer ON updates (imported_by);
-- Until now a report without an author came from a dataset, or from a matrix of a coordinator or an admin.
UPDATE updates SET from_file = TRUE, imported_by = (
  SELECT e.user_id FROM commitment_events e
  WHERE e.assignment_id = updates.assignment_id AND e.kind = 'reported'
    AND e.data::jsonb ->> 'update_id' = updates.id::text)
WHERE author_id IS NULL;
-- The author of a report from a secretariat's matrix is the importer.
UPDATE updates SET from_file = TRUE, imported_by = author_id
WHERE NOT from_file AND id::text IN (
  SELECT jsonb_array_elements_text(p -> 'updates')
  FROM import_effects e, jsonb_array_elements(e.effect::jsonb -> 'commitment' -> 'parts') p);
