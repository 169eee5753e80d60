-- Full-text search in sessions, agendas, minutes, items of plans, observations and reports, in texts without accents and
-- case. The rows stand in a table of their own, because the searched tables have no number that stays.
CREATE TABLE texts_search_rows (
  row INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id BLOB NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE VIRTUAL TABLE texts_search USING fts5 (
  text, content = 'texts_search_rows', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER texts_search_rows_insert AFTER INSERT ON texts_search_rows BEGIN
  INSERT INTO texts_search (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER texts_search_rows_delete AFTER DELETE ON texts_search_rows BEGIN
  INSERT INTO texts_search (texts_search, rowid, text) VALUES ('delete', old.row, old.text);
END;
CREATE TRIGGER texts_search_rows_update AFTER UPDATE OF text ON texts_search_rows WHEN old.text <> new.text BEGIN
  INSERT INTO texts_search (texts_search, rowid, text) VALUES ('delete', old.row, old.text);
  INSERT INTO texts_search (rowid, text) VALUES (new.row, new.text);
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'meeting', id, title || ' ' || coalesce(place, '') FROM meetings;
CREATE TRIGGER meetings_search_insert AFTER INSERT ON meetings BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('meeting', new.id, new.title || ' ' || coalesce(new.place, ''));
END;
CREATE TRIGGER meetings_search_delete AFTER DELETE ON meetings BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'meeting' AND id = old.id;
END;
CREATE TRIGGER meetings_search_update AFTER UPDATE OF title, place ON meetings BEGIN
  UPDATE texts_search_rows SET text = new.title || ' ' || coalesce(new.place, '') WHERE kind = 'meeting' AND id = new.id;
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'agenda_item', id, title || ' ' || coalesce(outcome, '') FROM agenda_items;
CREATE TRIGGER agenda_items_search_insert AFTER INSERT ON agenda_items BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('agenda_item', new.id, new.title || ' ' || coalesce(new.outcome, ''));
END;
CREATE TRIGGER agenda_items_search_delete AFTER DELETE ON agenda_items BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'agenda_item' AND id = old.id;
END;
CREATE TRIGGER agenda_items_search_update AFTER UPDATE OF title, outcome ON agenda_items BEGIN
  UPDATE texts_search_rows SET text = new.title || ' ' || coalesce(new.outcome, '') WHERE kind = 'agenda_item' AND id = new.id;
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'minutes', meeting_id, substr(body, 1, 200000) FROM minutes;
CREATE TRIGGER minutes_search_insert AFTER INSERT ON minutes BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('minutes', new.meeting_id, substr(new.body, 1, 200000));
END;
CREATE TRIGGER minutes_search_delete AFTER DELETE ON minutes BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'minutes' AND id = old.meeting_id;
END;
CREATE TRIGGER minutes_search_update AFTER UPDATE OF body ON minutes BEGIN
  UPDATE texts_search_rows SET text = substr(new.body, 1, 200000) WHERE kind = 'minutes' AND id = new.meeting_id;
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'plan_item', id, coalesce(label, '') || ' ' || title || ' ' || coalesce(comment, '') FROM plan_items;
CREATE TRIGGER plan_items_search_insert AFTER INSERT ON plan_items BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('plan_item', new.id, coalesce(new.label, '') || ' ' || new.title || ' ' || coalesce(new.comment, ''));
END;
CREATE TRIGGER plan_items_search_delete AFTER DELETE ON plan_items BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'plan_item' AND id = old.id;
END;
CREATE TRIGGER plan_items_search_update AFTER UPDATE OF label, title, comment ON plan_items BEGIN
  UPDATE texts_search_rows SET text = coalesce(new.label, '') || ' ' || new.title || ' ' || coalesce(new.comment, '') WHERE kind = 'plan_item' AND id = new.id;
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'observation', id, text || ' ' || coalesce(response, '') || ' ' || coalesce(addressee, '') FROM observations;
CREATE TRIGGER observations_search_insert AFTER INSERT ON observations BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('observation', new.id, new.text || ' ' || coalesce(new.response, '') || ' ' || coalesce(new.addressee, ''));
END;
CREATE TRIGGER observations_search_delete AFTER DELETE ON observations BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'observation' AND id = old.id;
END;
CREATE TRIGGER observations_search_update AFTER UPDATE OF text, response, addressee ON observations BEGIN
  UPDATE texts_search_rows SET text = new.text || ' ' || coalesce(new.response, '') || ' ' || coalesce(new.addressee, '') WHERE kind = 'observation' AND id = new.id;
END;
INSERT INTO texts_search_rows (kind, id, text) SELECT 'update', id, narrative FROM updates;
CREATE TRIGGER updates_search_insert AFTER INSERT ON updates BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('update', new.id, new.narrative);
END;
CREATE TRIGGER updates_search_delete AFTER DELETE ON updates BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'update' AND id = old.id;
END;
CREATE TRIGGER updates_search_update AFTER UPDATE OF narrative ON updates BEGIN
  UPDATE texts_search_rows SET text = new.narrative WHERE kind = 'update' AND id = new.id;
END;
