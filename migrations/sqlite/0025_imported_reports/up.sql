-- Who brought a report in with a file, a dataset or a matrix.
ALTER TABLE updates ADD COLUMN from_file INTEGER NOT NULL DEFAULT 0 CHECK (from_file IN (0, 1));
-- Null for the command line.
ALTER TABLE updates ADD COLUMN imported_by BLOB REFERENCES users (id) CHECK (imported_by IS NULL OR from_file = 1);
CREATE INDEX updates_of_importer ON updates (imported_by);
-- Until now a report without an author came from a dataset, or from a matrix of a coordinator or an admin.
UPDATE updates SET from_file = 1, imported_by = (
  SELECT e.user_id FROM commitment_events e
  WHERE e.assignment_id = updates.assignment_id AND e.kind = 'reported'
    AND replace(json_extract(e.data, '$.update_id'), '-', '') = lower(hex(updates.id)))
WHERE author_id IS NULL;
-- The author of a report from a secretariat's matrix is the importer.
UPDATE updates SET from_file = 1, imported_by = author_id
WHERE from_file = 0 AND lower(hex(id)) IN (
  SELECT replace(u.value, '-', '')
  FROM import_effects e, json_each(e.effect, '$.commitment.parts') p, json_each(p.value, '$.updates') u);
