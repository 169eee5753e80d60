DELETE FROM duty_institutions WHERE to_date IS NOT NULL;
ALTER TABLE duty_institutions
  DROP COLUMN from_date,
  DROP COLUMN to_date,
  DROP CONSTRAINT duty_institutions_pkey,
  ADD PRIMARY KEY (duty_id, institution_id);
