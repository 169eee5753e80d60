DROP TRIGGER duties_search_update;
DROP TRIGGER duties_search_delete;
DROP TRIGGER duties_search_insert;
DELETE FROM texts_search_rows WHERE kind = 'duty';
