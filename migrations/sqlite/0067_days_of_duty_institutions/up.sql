-- The days on which a duty asks a named institution: without the first one since its first period, without the last one
-- until today. An institution may have several rows, one of them without a last day.
CREATE TABLE dated_duty_institutions (
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  from_date TEXT,
  to_date TEXT,
  PRIMARY KEY (duty_id, position)
) STRICT;
INSERT INTO dated_duty_institutions (duty_id, position, institution_id)
  SELECT duty_id, position, institution_id FROM duty_institutions;
DROP TABLE duty_institutions;
ALTER TABLE dated_duty_institutions RENAME TO duty_institutions;
CREATE INDEX duty_institutions_by_institution ON duty_institutions (institution_id, duty_id);
