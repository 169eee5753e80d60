-- The text of minutes that was written since their circulation, which only those who may write the session read; and the
-- search by the code of minutes.
ALTER TABLE minutes ADD COLUMN new_body TEXT;
DROP TRIGGER minutes_search_insert;
DROP TRIGGER minutes_search_update;
UPDATE texts_search_rows SET text = (
  SELECT coalesce(n.code, '') || ' ' || substr(n.body, 1, 200000) FROM minutes n WHERE n.meeting_id = texts_search_rows.id
) WHERE kind = 'minutes';
CREATE TRIGGER minutes_search_insert AFTER INSERT ON minutes BEGIN
  INSERT INTO texts_search_rows (kind, id, text)
    VALUES ('minutes', new.meeting_id, coalesce(new.code, '') || ' ' || substr(new.body, 1, 200000));
END;
CREATE TRIGGER minutes_search_update AFTER UPDATE OF body, code ON minutes BEGIN
  UPDATE texts_search_rows SET text = coalesce(new.code, '') || ' ' || substr(new.body, 1, 200000)
    WHERE kind = 'minutes' AND id = new.meeting_id;
END;
