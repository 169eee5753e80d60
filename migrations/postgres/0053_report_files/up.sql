-- Approved reports: their files, which are made once and kept. Those approved before have a frozen copy; their files are
-- made at the first start.
ALTER TABLE reports ADD COLUMN frozen_on_upgrade BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE reports ADD COLUMN rendered BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE reports SET frozen_on_upgrade = TRUE WHERE status = 'approved';
CREATE INDEX reports_unrendered ON reports (approved_at) WHERE status = 'approved' AND NOT rendered;
CREATE TABLE report_files (
  report_id UUID NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('report', 'answers')),
  format TEXT NOT NULL CHECK (format IN ('md', 'json', 'docx', 'pdf', 'txt')),
  lang TEXT NOT NULL CHECK (lang IN ('es', 'en')),
  sha256 TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (report_id, part, format, lang)
);
