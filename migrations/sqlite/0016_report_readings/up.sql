-- Reports: when the record was last read, what it held for each question, and on which reading a person's edit rests.
ALTER TABLE reports ADD COLUMN drafted_at TEXT;
UPDATE reports SET drafted_at = updated_at;
ALTER TABLE report_answers ADD COLUMN reading TEXT NOT NULL DEFAULT '{}';
ALTER TABLE report_answers ADD COLUMN edited_on TEXT;
