-- The days on which a duty asks a named institution: without the first one since its first period, without the last one
-- until today. An institution may have several rows, one of them without a last day.
ALTER TABLE duty_institutions
  ADD COLUMN from_date DATE,
  ADD COLUMN to_date DATE,
  DROP CONSTRAINT duty_institutions_pkey,
  ADD PRIMARY KEY (duty_id, position);
