-- Approved reports: their files, which are made once and kept. Those approved before have a frozen copy; their files are
-- made at the first start.
ALTER TABLE reports ADD COLUMN frozen_on_upgrade INTEGER NOT NULL DEFAULT 0 CHECK (frozen_on_upgrade IN (0, 1));
ALTER TABLE reports ADD COLUMN rendered INTEGER NOT NULL DEFAULT 0 CHECK (rendered IN (0, 1));
UPDATE reports SET frozen_on_upgrade = 1 WHERE status = 'approved';
CREATE INDEX reports_unrendered ON reports (approved_at) WHERE status = 'approved' AND rendered = 0;
CREATE TABLE report_files (
  report_id BLOB NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('report', 'answers')),
  format TEXT NOT NULL CHECK (format IN ('md', 'json', 'docx', 'pdf', 'txt')),
  lang TEXT NOT NULL CHECK (lang IN ('es', 'en')),
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (report_id, part, format, lang)
) STRICT;
