-- A dataset import takes records that end before they start and notes the contradiction; entry refuses them. The tables no
-- longer check the order.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT conrelid::regclass AS name, conname FROM pg_constraint
    WHERE contype = 'c' AND (
      (conrelid IN ('memberships'::regclass, 'delegates'::regclass) AND pg_get_constraintdef(oid) LIKE '%from_date <= to_date%')
      OR (conrelid = 'meetings'::regclass AND pg_get_constraintdef(oid) LIKE '%starts_at <= ends_at%')
      OR (conrelid = 'attendances'::regclass AND pg_get_constraintdef(oid) LIKE '%arrived_at <= left_at%')
      OR (conrelid = 'agreements'::regclass AND pg_get_constraintdef(oid) LIKE '%in_force_from <= in_force_to%')
      OR (conrelid IN ('plans'::regclass, 'activities'::regclass) AND pg_get_constraintdef(oid) LIKE '%starts_from <= ends_to%')
      OR (conrelid IN ('plan_items'::regclass, 'activities'::regclass) AND pg_get_constraintdef(oid) LIKE '%period_from <= period_to%')
    )
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.name, found.conname);
  END LOOP;
END $$;
