-- Minutes have one text, and their code is not searched.
DROP TRIGGER minutes_search_insert;
DROP TRIGGER minutes_search_update;
UPDATE minutes SET body = new_body WHERE new_body IS NOT NULL;
UPDATE texts_search_rows SET text = (
  SELECT substr(n.body, 1, 200000) FROM minutes n WHERE n.meeting_id = texts_search_rows.id
) WHERE kind = 'minutes';
CREATE TRIGGER minutes_search_insert AFTER INSERT ON minutes BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('minutes', new.meeting_id, substr(new.body, 1, 200000));
END;
CREATE TRIGGER minutes_search_update AFTER UPDATE OF body ON minutes BEGIN
  UPDATE texts_search_rows SET text = substr(new.body, 1, 200000) WHERE kind = 'minutes' AND id = new.meeting_id;
END;
ALTER TABLE minutes DROP COLUMN new_body;
