-- A former name of an account is kept only for a person who took part: as a delegate, with a reply or a proposal, or as an
-- author. Every former name has its origin, so that admins can judge and remove it.
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
CREATE TABLE former_names (
  id BLOB NOT NULL PRIMARY KEY DEFAULT (randomblob(16)),
  origin TEXT NOT NULL,
  name TEXT NOT NULL,
  commission_id BLOB,
  country_code TEXT,
  CHECK ((origin = 'commission') = (commission_id IS NOT NULL AND country_code IS NOT NULL))
);
CREATE UNIQUE INDEX former_names_of_persons ON former_names (origin, name) WHERE commission_id IS NULL;
CREATE UNIQUE INDEX former_names_of_commissions ON former_names (commission_id, name) WHERE commission_id IS NOT NULL;
INSERT INTO former_names (origin, name, commission_id, country_code)
  SELECT 'commission', name, commission_id, country_code FROM former_commission_names;
CREATE TRIGGER users_former_name AFTER UPDATE OF name ON users WHEN OLD.name IS NOT NULL AND OLD.name IS NOT NEW.name BEGIN
  INSERT INTO former_names (origin, name) SELECT 'account', OLD.name
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'account' AND name = OLD.name)
    AND (EXISTS (SELECT 1 FROM delegates WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM meeting_replies WHERE replied_by = OLD.id)
      OR EXISTS (SELECT 1 FROM agenda_proposals WHERE proposed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_comments WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_versions WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM updates WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM extensions WHERE requested_by = OLD.id)
      OR EXISTS (SELECT 1 FROM activities WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM reports WHERE approved_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_answers WHERE confirmed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_comments WHERE author_id = OLD.id));
END;
CREATE TRIGGER users_deleted_name BEFORE DELETE ON users WHEN OLD.name IS NOT NULL BEGIN
  INSERT INTO former_names (origin, name) SELECT 'account', OLD.name
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'account' AND name = OLD.name)
    AND (EXISTS (SELECT 1 FROM delegates WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM meeting_replies WHERE replied_by = OLD.id)
      OR EXISTS (SELECT 1 FROM agenda_proposals WHERE proposed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_comments WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_versions WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM updates WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM extensions WHERE requested_by = OLD.id)
      OR EXISTS (SELECT 1 FROM activities WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM reports WHERE approved_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_answers WHERE confirmed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_comments WHERE author_id = OLD.id));
END;
CREATE TRIGGER delegates_former_name AFTER UPDATE OF name ON delegates WHEN OLD.name IS NOT NULL AND OLD.name IS NOT NEW.name BEGIN
  INSERT INTO former_names (origin, name) SELECT 'delegate', OLD.name
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'delegate' AND name = OLD.name);
END;
CREATE TRIGGER delegates_deleted_name BEFORE DELETE ON delegates WHEN OLD.name IS NOT NULL BEGIN
  INSERT INTO former_names (origin, name) SELECT 'delegate', OLD.name
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'delegate' AND name = OLD.name);
END;
CREATE TRIGGER attendances_former_person AFTER UPDATE OF person ON attendances WHEN OLD.person IS NOT NULL AND OLD.person IS NOT NEW.person BEGIN
  INSERT INTO former_names (origin, name) SELECT 'attendance', OLD.person
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'attendance' AND name = OLD.person);
END;
CREATE TRIGGER attendances_deleted_person BEFORE DELETE ON attendances WHEN OLD.person IS NOT NULL BEGIN
  INSERT INTO former_names (origin, name) SELECT 'attendance', OLD.person
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'attendance' AND name = OLD.person);
END;
CREATE TRIGGER meeting_replies_former_person AFTER UPDATE OF person ON meeting_replies WHEN OLD.person IS NOT NULL AND OLD.person IS NOT NEW.person BEGIN
  INSERT INTO former_names (origin, name) SELECT 'reply', OLD.person
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'reply' AND name = OLD.person);
END;
CREATE TRIGGER meeting_replies_deleted_person BEFORE DELETE ON meeting_replies WHEN OLD.person IS NOT NULL BEGIN
  INSERT INTO former_names (origin, name) SELECT 'reply', OLD.person
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'reply' AND name = OLD.person);
END;
CREATE TRIGGER agenda_items_former_presenter AFTER UPDATE OF presenter ON agenda_items WHEN OLD.presenter IS NOT NULL AND OLD.presenter IS NOT NEW.presenter BEGIN
  INSERT INTO former_names (origin, name) SELECT 'presenter', OLD.presenter
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'presenter' AND name = OLD.presenter);
END;
CREATE TRIGGER agenda_items_deleted_presenter BEFORE DELETE ON agenda_items WHEN OLD.presenter IS NOT NULL BEGIN
  INSERT INTO former_names (origin, name) SELECT 'presenter', OLD.presenter
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'presenter' AND name = OLD.presenter);
END;
CREATE TRIGGER commissions_former_names AFTER UPDATE OF name, acronym, official_name, country_code ON commissions
  WHEN OLD.name IS NOT NEW.name OR OLD.acronym IS NOT NEW.acronym OR OLD.official_name IS NOT NEW.official_name
    OR OLD.country_code IS NOT NEW.country_code
BEGIN
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.id, OLD.country_code, own.name
    FROM (SELECT OLD.name AS name UNION SELECT OLD.acronym UNION SELECT OLD.official_name) own
    WHERE own.name IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM former_names kept WHERE kept.commission_id = OLD.id AND kept.name = own.name);
END;
CREATE TRIGGER commissions_deleted_names BEFORE DELETE ON commissions BEGIN
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.id, OLD.country_code, own.name
    FROM (SELECT OLD.name AS name UNION SELECT OLD.acronym UNION SELECT OLD.official_name
      UNION SELECT alias FROM commission_aliases WHERE commission_id = OLD.id) own
    WHERE own.name IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM former_names kept WHERE kept.commission_id = OLD.id AND kept.name = own.name);
END;
CREATE TRIGGER commission_aliases_former AFTER UPDATE OF alias ON commission_aliases WHEN OLD.alias IS NOT NEW.alias BEGIN
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.commission_id, own.country_code, OLD.alias FROM commissions own
    WHERE own.id = OLD.commission_id AND NOT EXISTS (
      SELECT 1 FROM former_names kept WHERE kept.commission_id = OLD.commission_id AND kept.name = OLD.alias);
END;
CREATE TRIGGER commission_aliases_deleted BEFORE DELETE ON commission_aliases BEGIN
  INSERT INTO former_names (origin, commission_id, country_code, name)
    SELECT 'commission', OLD.commission_id, own.country_code, OLD.alias FROM commissions own
    WHERE own.id = OLD.commission_id AND NOT EXISTS (
      SELECT 1 FROM former_names kept WHERE kept.commission_id = OLD.commission_id AND kept.name = OLD.alias);
END;
-- Names of earlier versions, from before former names were kept: of the people in the frozen minutes, and of those in the
-- audit log, as far as no list has them.
CREATE TEMPORARY TABLE audited AS
  SELECT kind, action, record_id, before AS record FROM audit_log WHERE json_valid(before) AND (kind IN ('delegate', 'attendance', 'agenda')
    OR (kind = 'meeting' AND action = 'replied') OR (kind = 'user' AND action IN ('created', 'updated')))
  UNION ALL SELECT kind, action, record_id, after FROM audit_log WHERE json_valid(after) AND (kind IN ('delegate', 'attendance', 'agenda')
    OR (kind = 'meeting' AND action = 'replied') OR (kind = 'user' AND action IN ('created', 'updated')));
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'minutes' AS origin, json_extract(item.value, '$.person') AS name
      FROM minutes_versions, json_each(minutes_versions.content, '$.attendance') item
    UNION ALL SELECT 'delegate', json_extract(audited.record, '$.name')
      FROM audited WHERE audited.kind = 'delegate'
    UNION ALL SELECT 'reply', json_extract(audited.record, '$.person')
      FROM audited
      WHERE audited.kind = 'meeting' AND audited.action = 'replied'
    UNION ALL SELECT 'attendance', json_extract(item.value, '$.person')
      FROM audited, json_each(audited.record) item
      WHERE audited.kind = 'attendance' AND item.type = 'object'
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT person FROM attendances WHERE person IS NOT NULL
    UNION SELECT name FROM delegates WHERE name IS NOT NULL
    UNION SELECT person FROM meeting_replies WHERE person IS NOT NULL);
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'presenter' AS origin, json_extract(item.value, '$.presenter') AS name
      FROM minutes_versions, json_each(minutes_versions.content, '$.agenda') item
    UNION ALL SELECT 'presenter', json_extract(item.value, '$.presenter')
      FROM audited, json_each(audited.record) item
      WHERE audited.kind = 'agenda' AND item.type = 'object'
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT presenter FROM agenda_items WHERE presenter IS NOT NULL);
INSERT INTO former_names (origin, name)
  SELECT DISTINCT found.origin, found.name FROM (
    SELECT 'account' AS origin, json_extract(audited.record, '$.name') AS name
      FROM audited JOIN users ON lower(hex(users.id)) = replace(audited.record_id, '-', '')
      WHERE audited.kind = 'user' AND audited.action IN ('created', 'updated')
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
    UNION ALL SELECT 'minutes', json_extract(content, '$.minutes.approved_by') FROM minutes_versions
  ) found
  WHERE found.name <> '' AND found.name NOT IN (SELECT name FROM users);
DROP TABLE audited;
-- Kept by the version before this one, which did not note the origin.
INSERT INTO former_names (origin, name)
  SELECT 'unknown', kept.name FROM former_person_names kept
  WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE former_names.name = kept.name AND former_names.origin <> 'commission');
DROP TABLE former_commission_names;
DROP TABLE former_person_names;
