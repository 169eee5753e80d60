-- A former name of an account is kept only for a person who took part: as a delegate, with a reply or a proposal, or as an
-- author. Every former name has its origin, so that admins can judge and remove it.
DROP TRIGGER commission_aliases_former ON commission_aliases;
DROP FUNCTION keep_former_commission_alias();
DROP TRIGGER commissions_former_names ON commissions;
DROP FUNCTION keep_former_commission_names();
DROP TRIGGER agenda_items_former_presenter ON agenda_items;
DROP TRIGGER meeting_replies_former_person ON meeting_replies;
DROP TRIGGER attendances_former_person ON attendances;
DROP TRIGGER delegates_former_name ON delegates;
DROP TRIGGER users_former_name ON users;
DROP FUNCTION keep_former_person_name();
CREATE TABLE former_names (
  id UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  origin TEXT NOT NULL,
  name TEXT NOT NULL,
  commission_id UUID,
  country_code TEXT,
  CHECK ((origin = 'commission') = (commission_id IS NOT NULL AND country_code IS NOT NULL))
);
CREATE UNIQUE INDEX former_names_of_persons ON former_names (origin, name) WHERE commission_id IS NULL;
CREATE UNIQUE INDEX former_names_of_commissions ON former_names (commission_id, name) WHERE commission_id IS NOT NULL;
INSERT INTO former_names (origin, name, commission_id, country_code)
  SELECT 'commission', name, commission_id, country_code FROM former_commission_names;
CREATE FUNCTION keep_former_person_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  former TEXT := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
  IF former IS NOT NULL AND (TG_OP = 'DELETE' OR former IS DISTINCT FROM to_jsonb(NEW) ->> TG_ARGV[0]) THEN
    INSERT INTO former_names (origin, name) VALUES (TG_ARGV[1], former) ON CONFLICT DO NOTHING;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION keep_former_account_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP = 'DELETE' OR OLD.name IS DISTINCT FROM NEW.name) AND (
      EXISTS (SELECT 1 FROM delegates WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM meeting_replies WHERE replied_by = OLD.id)
      OR EXISTS (SELECT 1 FROM agenda_proposals WHERE proposed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_comments WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_versions WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM updates WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM extensions WHERE requested_by = OLD.id)
      OR EXISTS (SELECT 1 FROM activities WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM reports WHERE approved_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_answers WHERE confirmed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_comments WHERE author_id = OLD.id)) THEN
    INSERT INTO former_names (origin, name) VALUES ('account', OLD.name) ON CONFLICT DO NOTHING;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER users_former_name BEFORE UPDATE OF name OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION keep_former_account_name();
CREATE TRIGGER delegates_former_name BEFORE UPDATE OF name OR DELETE ON delegates
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('name', 'delegate');
CREATE TRIGGER attendances_former_person BEFORE UPDATE OF person OR DELETE ON attendances
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('person', 'attendance');
CREATE TRIGGER meeting_replies_former_person BEFORE UPDATE OF person OR DELETE ON meeting_replies
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('person', 'reply');
CREATE TRIGGER agenda_items_former_presenter BEFORE UPDATE OF presenter OR DELETE ON agenda_items
  FOR EACH ROW EXECUTE FUNCTION keep_former_person_name('presenter', 'presenter');
CREATE FUNCTION keep_former_commission_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.name, OLD.acronym, OLD.official_name, OLD.country_code)
      IS NOT DISTINCT FROM (NEW.name, NEW.acronym, NEW.official_name, NEW.country_code) THEN
    RETURN NEW;
  END IF;
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.id, OLD.country_code, own.name
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
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.commission_id, own.country_code, OLD.alias FROM commissions own WHERE own.id = OLD.commission_id
    ON CONFLICT DO NOTHING;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER commission_aliases_former BEFORE UPDATE OF alias OR DELETE ON commission_aliases
  FOR EACH ROW EXECUTE FUNCTION keep_former_commission_alias();
-- Names of earlier versions, from before former names were kept: of the people in the frozen minutes, and of those in the
-- audit log, as far as no list has them.
CREATE TEMPORARY TABLE audited ON COMMIT DROP AS
  SELECT kind, action, record_id, CASE WHEN position('\u0000' in side.text) = 0 THEN side.text::jsonb END AS record
  FROM audit_log, LATERAL (VALUES (before), (after)) AS side (text)
  WHERE side.text IS NOT NULL AND (kind IN ('delegate', 'attendance', 'agenda')
    OR (kind = 'meeting' AND action = 'replied') OR (kind = 'user' AND action IN ('created', 'updated')));
CREATE TEMPORARY TABLE frozen ON COMMIT DROP AS
  SELECT CASE WHEN position('\u0000' in content) = 0 THEN content::jsonb END AS record FROM minutes_versions;
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'minutes' AS origin, jsonb_path_query(record, '$.attendance[*].person') #>> '{}' AS name FROM frozen
    UNION ALL SELECT 'delegate', record ->> 'name' FROM audited WHERE kind = 'delegate'
    UNION ALL SELECT 'reply', record ->> 'person' FROM audited WHERE kind = 'meeting'
    UNION ALL SELECT 'attendance', jsonb_path_query(record, '$[*].person') #>> '{}' FROM audited WHERE kind = 'attendance'
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT person FROM attendances WHERE person IS NOT NULL
    UNION SELECT name FROM delegates WHERE name IS NOT NULL
    UNION SELECT person FROM meeting_replies WHERE person IS NOT NULL);
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'presenter' AS origin, jsonb_path_query(record, '$.agenda[*].presenter') #>> '{}' AS name FROM frozen
    UNION ALL SELECT 'presenter', jsonb_path_query(record, '$[*].presenter') #>> '{}' FROM audited WHERE kind = 'agenda'
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT presenter FROM agenda_items WHERE presenter IS NOT NULL);
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'account' AS origin, record ->> 'name' AS name FROM audited JOIN users ON users.id::text = audited.record_id
      WHERE kind = 'user'
      AND (EXISTS (SELECT 1 FROM delegates WHERE user_id = users.id)
      OR EXISTS (SELECT 1 FROM meeting_replies WHERE replied_by = users.id)
      OR EXISTS (SELECT 1 FROM agenda_proposals WHERE proposed_by = users.id)
      OR EXISTS (SELECT 1 FROM minutes_comments WHERE author_id = users.id)
      OR EXISTS (SELECT 1 FROM minutes_versions WHERE user_id = users.id)
      OR EXISTS (SELECT 1 FROM updates WHERE author_id = users.id)
      OR EXISTS (SELECT 1 FROM extensions WHERE requested_by = users.id)
      OR EXISTS (SELECT 1 FROM activities WHERE author_id = users.id)
      OR EXISTS (SELECT 1 FROM reports WHERE approved_by = users.id)
      OR EXISTS (SELECT 1 FROM report_answers WHERE confirmed_by = users.id)
      OR EXISTS (SELECT 1 FROM report_comments WHERE author_id = users.id))
    UNION ALL SELECT 'minutes', record -> 'minutes' ->> 'approved_by' FROM frozen
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT name FROM users);
DROP TABLE audited;
DROP TABLE frozen;
-- Kept by the version before this one, which did not note the origin.
INSERT INTO former_names (origin, name)
  SELECT 'unknown', kept.name FROM former_person_names kept
  WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE former_names.name = kept.name AND former_names.origin <> 'commission');
DROP TABLE former_commission_names;
DROP TABLE former_person_names;
