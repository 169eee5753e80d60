CREATE TABLE undated_duty_institutions (
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (duty_id, institution_id)
) STRICT;
INSERT INTO undated_duty_institutions (duty_id, position, institution_id)
  SELECT duty_id, position, institution_id FROM duty_institutions WHERE to_date IS NULL;
DROP TABLE duty_institutions;
ALTER TABLE undated_duty_institutions RENAME TO duty_institutions;
CREATE INDEX duty_institutions_by_institution ON duty_institutions (institution_id, duty_id);
