DROP INDEX updates_of_importer;
ALTER TABLE updates DROP COLUMN imported_by;
ALTER TABLE updates DROP COLUMN from_file;
