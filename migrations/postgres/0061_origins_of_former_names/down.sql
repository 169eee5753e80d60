DROP TRIGGER commission_aliases_former ON commission_aliases;
DROP FUNCTION keep_former_commission_alias();
DROP TRIGGER commissions_former_names ON commissions;
DROP FUNCTION keep_former_commission_names();
DROP TRIGGER agenda_items_former_presenter ON agenda_items;
DROP TRIGGER meeting_replies_former_person ON meeting_replies;
DROP TRIGGER attendances_former_person ON attendances;
DROP TRIGGER delegates_former_name ON delegates;
DROP TRIGGER users_former_name ON users;
DROP FUNCTION keep_former_account_name();
DROP FUNCTION keep_former_person_name();
CREATE TABLE former_person_names (name TEXT NOT NULL PRIMARY KEY);
CREATE TABLE former_commission_names (
  commission_id UUID NOT NULL,
  country_code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (commission_id, name)
);
INSERT INTO former_person_names (name) SELECT DISTINCT name FROM former_names WHERE origin <> 'commission';
INSERT INTO former_commission_names (commission_id, country_code, name)
  SELECT commission_id, country_code, name FROM former_names WHERE origin = 'commission';
DROP TABLE former_names;
CREATE FUNCTION keep_former_person_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  former TEXT := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
  IF former IS NOT NULL AND (TG_OP = 'DELETE' OR former IS DISTINCT FROM to_jsonb(NEW) ->> TG_ARGV[0]) THEN
    INSERT INTO former_person_names (name) VALUES (former) ON CONFLICT DO NOTHING;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER users_former_name BEFORE UPDATE OF name OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('name');
CREATE TRIGGER delegates_former_name BEFORE UPDATE OF name OR DELETE ON delegates
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('name');
CREATE TRIGGER attendances_former_person BEFORE UPDATE OF person OR DELETE ON attendances
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('person');
CREATE TRIGGER meeting_replies_former_person BEFORE UPDATE OF person OR DELETE ON meeting_replies
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('person');
CREATE TRIGGER agenda_items_former_presenter BEFORE UPDATE OF presenter OR DELETE ON agenda_items
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('presenter');
CREATE FUNCTION keep_former_commission_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.name, OLD.acronym, OLD.official_name, OLD.country_code)
      IS NOT DISTINCT FROM (NEW.name, NEW.acronym, NEW.official_name, NEW.country_code) THEN
    RETURN NEW;
  END IF;
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.id, OLD.country_code, own.name
    FROM (SELECT OLD.name AS name UNION SELECT OLD.acronym UNION SELECT OLD.official_name
      UNION SELECT alias FROM commission_aliases WHERE commission_id = OLD.id) own
    WHERE own.name IS NOT NULL
    ON CONFLICT DO NOTHING;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER commissions_former_names BEFORE UPDATE OF name, acronym, official_name, country_code OR DELETE ON commissions
  FOR EACH ROW EXECUTE FUNCTION keep_former_commission_names();
CREATE FUNCTION keep_former_commission_alias() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.commission_id, own.country_code, OLD.alias FROM commissions own WHERE own.id = OLD.commission_id
    ON CONFLICT DO NOTHING;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER commission_aliases_former BEFORE UPDATE OF alias OR DELETE ON commission_aliases
  FOR EACH ROW EXECUTE FUNCTION keep_former_commission_alias();
