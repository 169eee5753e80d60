DELETE FROM grants WHERE role = 'representative' AND commission_id IS NOT NULL;
ALTER TABLE grants DROP COLUMN introduction;
ALTER TABLE grants DROP CONSTRAINT grants_of_representatives;
ALTER TABLE grants ADD CONSTRAINT grants_check3
  CHECK (role <> 'representative' OR (institution_id IS NOT NULL AND country_code IS NULL AND commission_id IS NULL));
