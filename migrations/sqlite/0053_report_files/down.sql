DROP TABLE report_files;
DROP INDEX reports_unrendered;
ALTER TABLE reports DROP COLUMN rendered;
ALTER TABLE reports DROP COLUMN frozen_on_upgrade;
