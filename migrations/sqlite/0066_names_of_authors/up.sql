-- The authors of periodic reports and of values of indicators took part too: their former names are kept.
DROP TRIGGER users_deleted_name;
DROP TRIGGER users_former_name;
CREATE TRIGGER users_former_name AFTER UPDATE OF name ON users WHEN OLD.name IS NOT NULL AND OLD.name IS NOT NEW.name BEGIN
  INSERT INTO former_names (origin, name) SELECT 'account', OLD.name
    WHERE NOT EXISTS (SELECT 1 FROM former_names WHERE origin = 'account' AND name = OLD.name)
    AND (EXISTS (SELECT 1 FROM delegates WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM meeting_replies WHERE replied_by = OLD.id)
      OR EXISTS (SELECT 1 FROM agenda_proposals WHERE proposed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_comments WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM minutes_versions WHERE user_id = OLD.id)
      OR EXISTS (SELECT 1 FROM updates WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM duty_reports WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM indicator_values WHERE author_id = OLD.id)
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
      OR EXISTS (SELECT 1 FROM duty_reports WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM indicator_values WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM extensions WHERE requested_by = OLD.id)
      OR EXISTS (SELECT 1 FROM activities WHERE author_id = OLD.id)
      OR EXISTS (SELECT 1 FROM reports WHERE approved_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_answers WHERE confirmed_by = OLD.id)
      OR EXISTS (SELECT 1 FROM report_comments WHERE author_id = OLD.id));
END;
