DROP INDEX minutes_versions_unrendered;
ALTER TABLE minutes_versions DROP COLUMN rendered;
ALTER TABLE minutes DROP COLUMN circulated_sha256;
DROP TABLE minutes_records;
