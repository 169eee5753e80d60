-- A representative's grant may be bounded to one commission.
ALTER TABLE grants DROP CONSTRAINT grants_check3;
ALTER TABLE grants ADD CONSTRAINT grants_of_representatives
  CHECK (role <> 'representative' OR (institution_id IS NOT NULL AND country_code IS NULL));
-- JSON: how who gave the grant introduced the person. Others who invite see this, not what the person is elsewhere.
ALTER TABLE grants ADD COLUMN introduction TEXT;
