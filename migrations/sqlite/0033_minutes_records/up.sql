-- Minutes: the records that each frozen version states, the circulated text, and the versions whose files are not rendered yet.

CREATE TABLE minutes_records (
  meeting_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  -- The id of an agreement or a commitment. Both may be deleted where the minutes permit it, so it is no reference.
  record_id BLOB NOT NULL,
  PRIMARY KEY (meeting_id, version, record_id),
  FOREIGN KEY (meeting_id, version) REFERENCES minutes_versions (meeting_id, version) ON DELETE CASCADE
) STRICT;
CREATE INDEX minutes_records_by_record ON minutes_records (record_id);
ALTER TABLE minutes ADD COLUMN circulated_sha256 TEXT;
ALTER TABLE minutes_versions ADD COLUMN rendered INTEGER NOT NULL DEFAULT 0 CHECK (rendered IN (0, 1));
CREATE INDEX minutes_versions_unrendered ON minutes_versions (at) WHERE rendered = 0;
