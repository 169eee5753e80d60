DROP TRIGGER commission_aliases_deleted;
DROP TRIGGER commission_aliases_former;
DROP TRIGGER commissions_deleted_names;
DROP TRIGGER commissions_former_names;
DROP TRIGGER users_deleted_name;
DROP TRIGGER users_former_name;
DROP TRIGGER delegates_deleted_name;
DROP TRIGGER delegates_former_name;
DROP TRIGGER attendances_deleted_person;
DROP TRIGGER attendances_former_person;
DROP TRIGGER meeting_replies_deleted_person;
DROP TRIGGER meeting_replies_former_person;
DROP TRIGGER agenda_items_deleted_presenter;
DROP TRIGGER agenda_items_former_presenter;
CREATE TABLE former_person_names (name TEXT NOT NULL PRIMARY KEY);
CREATE TABLE former_commission_names (
  commission_id BLOB NOT NULL,
  country_code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (commission_id, name)
);
INSERT INTO former_person_names (name) SELECT DISTINCT name FROM former_names WHERE origin <> 'commission';
INSERT INTO former_commission_names (commission_id, country_code, name)
  SELECT commission_id, country_code, name FROM former_names WHERE origin = 'commission';
DROP TABLE former_names;
CREATE TRIGGER users_former_name AFTER UPDATE OF name ON users WHEN OLD.name IS NOT NULL AND OLD.name IS NOT NEW.name BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.name WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.name);
END;
CREATE TRIGGER users_deleted_name BEFORE DELETE ON users WHEN OLD.name IS NOT NULL BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.name WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.name);
END;
CREATE TRIGGER delegates_former_name AFTER UPDATE OF name ON delegates WHEN OLD.name IS NOT NULL AND OLD.name IS NOT NEW.name BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.name WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.name);
END;
CREATE TRIGGER delegates_deleted_name BEFORE DELETE ON delegates WHEN OLD.name IS NOT NULL BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.name WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.name);
END;
CREATE TRIGGER attendances_former_person AFTER UPDATE OF person ON attendances WHEN OLD.person IS NOT NULL AND OLD.person IS NOT NEW.person BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.person WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.person);
END;
CREATE TRIGGER attendances_deleted_person BEFORE DELETE ON attendances WHEN OLD.person IS NOT NULL BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.person WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.person);
END;
CREATE TRIGGER meeting_replies_former_person AFTER UPDATE OF person ON meeting_replies WHEN OLD.person IS NOT NULL AND OLD.person IS NOT NEW.person BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.person WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.person);
END;
CREATE TRIGGER meeting_replies_deleted_person BEFORE DELETE ON meeting_replies WHEN OLD.person IS NOT NULL BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.person WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.person);
END;
CREATE TRIGGER agenda_items_former_presenter AFTER UPDATE OF presenter ON agenda_items WHEN OLD.presenter IS NOT NULL AND OLD.presenter IS NOT NEW.presenter BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.presenter WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.presenter);
END;
CREATE TRIGGER agenda_items_deleted_presenter BEFORE DELETE ON agenda_items WHEN OLD.presenter IS NOT NULL BEGIN
  INSERT INTO former_person_names (name) SELECT OLD.presenter WHERE NOT EXISTS (SELECT 1 FROM former_person_names WHERE name = OLD.presenter);
END;
CREATE TRIGGER commissions_former_names AFTER UPDATE OF name, acronym, official_name, country_code ON commissions
  WHEN OLD.name IS NOT NEW.name OR OLD.acronym IS NOT NEW.acronym OR OLD.official_name IS NOT NEW.official_name
    OR OLD.country_code IS NOT NEW.country_code
BEGIN
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.id, OLD.country_code, own.name
    FROM (SELECT OLD.name AS name UNION SELECT OLD.acronym UNION SELECT OLD.official_name) own
    WHERE own.name IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM former_commission_names kept WHERE kept.commission_id = OLD.id AND kept.name = own.name);
END;
CREATE TRIGGER commissions_deleted_names BEFORE DELETE ON commissions BEGIN
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.id, OLD.country_code, own.name
    FROM (SELECT OLD.name AS name UNION SELECT OLD.acronym UNION SELECT OLD.official_name
      UNION SELECT alias FROM commission_aliases WHERE commission_id = OLD.id) own
    WHERE own.name IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM former_commission_names kept WHERE kept.commission_id = OLD.id AND kept.name = own.name);
END;
CREATE TRIGGER commission_aliases_former AFTER UPDATE OF alias ON commission_aliases WHEN OLD.alias IS NOT NEW.alias BEGIN
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.commission_id, own.country_code, OLD.alias FROM commissions own
    WHERE own.id = OLD.commission_id AND NOT EXISTS (
      SELECT 1 FROM former_commission_names kept WHERE kept.commission_id = OLD.commission_id AND kept.name = OLD.alias);
END;
CREATE TRIGGER commission_aliases_deleted BEFORE DELETE ON commission_aliases BEGIN
  INSERT INTO former_commission_names (commission_id, country_code, name)
    SELECT OLD.commission_id, own.country_code, OLD.alias FROM commissions own
    WHERE own.id = OLD.commission_id AND NOT EXISTS (
      SELECT 1 FROM former_commission_names kept WHERE kept.commission_id = OLD.commission_id AND kept.name = OLD.alias);
END;
