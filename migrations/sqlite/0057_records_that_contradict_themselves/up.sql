-- A dataset import takes records that end before they start and notes the contradiction; entry refuses them. The tables no
-- longer check the order. SQLite drops a CHECK by editing the stored schema: https://www.sqlite.org/lang_altertable.html, 8.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (from_date IS NULL OR to_date IS NULL OR from_date <= to_date)', '')
  WHERE type = 'table' AND name IN ('memberships', 'delegates');
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (ends_at IS NULL OR starts_at <= ends_at)', '')
  WHERE type = 'table' AND name = 'meetings';
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (arrived_at IS NULL OR left_at IS NULL OR arrived_at <= left_at)', '')
  WHERE type = 'table' AND name = 'attendances';
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (in_force_from IS NULL OR in_force_to IS NULL OR in_force_from <= in_force_to)', '')
  WHERE type = 'table' AND name = 'agreements';
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (starts_from IS NULL OR ends_to IS NULL OR starts_from <= ends_to)', '')
  WHERE type = 'table' AND name IN ('plans', 'activities');
UPDATE sqlite_schema SET sql = replace(sql, ',' || char(10) || '  CHECK (period_from IS NULL OR period_to IS NULL OR period_from <= period_to)', '')
  WHERE type = 'table' AND name IN ('plan_items', 'activities');
PRAGMA writable_schema = RESET;
-- A change of the schema makes every connection read it again.
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;
