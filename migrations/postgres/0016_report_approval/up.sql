-- Reports: what the record held for each question when it was last read, and on which reading a person's edit rests;
-- versions; approval with frozen copies, each under the SHA-256 of its text, that are never changed.
ALTER TABLE reports ADD COLUMN drafted_at TIMESTAMP;
UPDATE reports SET drafted_at = updated_at;
ALTER TABLE report_answers ADD COLUMN reading TEXT NOT NULL DEFAULT '{}';
ALTER TABLE report_answers ADD COLUMN edited_on TEXT;
CREATE TABLE report_snapshots (
  sha256 TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  taken_at TIMESTAMP NOT NULL
);
CREATE FUNCTION report_snapshots_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'report_snapshots only grow';
END $$;
CREATE TRIGGER report_snapshots_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON report_snapshots
  FOR EACH STATEMENT EXECUTE FUNCTION report_snapshots_only_grow();
ALTER TABLE reports ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reports ADD COLUMN previous_version_id UUID REFERENCES reports (id);
ALTER TABLE reports ADD COLUMN version_reason TEXT;
ALTER TABLE reports ADD COLUMN approved_at TIMESTAMP;
ALTER TABLE reports ADD COLUMN approved_by UUID REFERENCES users (id);
ALTER TABLE reports ADD COLUMN snapshot TEXT REFERENCES report_snapshots (sha256);
CREATE UNIQUE INDEX reports_by_previous_version ON reports (previous_version_id);
CREATE INDEX reports_of_approver ON reports (approved_by);
CREATE INDEX reports_by_snapshot ON reports (snapshot);
CREATE INDEX reports_by_period ON reports (country_code, period_to);
