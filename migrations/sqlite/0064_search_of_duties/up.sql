-- Full-text search in the titles of duties, as in the other texts.
INSERT INTO texts_search_rows (kind, id, text) SELECT 'duty', id, title FROM duties;
CREATE TRIGGER duties_search_insert AFTER INSERT ON duties BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('duty', new.id, new.title);
END;
CREATE TRIGGER duties_search_delete AFTER DELETE ON duties BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'duty' AND id = old.id;
END;
CREATE TRIGGER duties_search_update AFTER UPDATE OF title ON duties BEGIN
  UPDATE texts_search_rows SET text = new.title WHERE kind = 'duty' AND id = new.id;
END;
