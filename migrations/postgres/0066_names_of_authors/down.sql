CREATE OR REPLACE FUNCTION keep_former_account_name() RETURNS trigger LANGUAGE plpgsql AS $$
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
