DROP TRIGGER indicators_search_update;
DROP TRIGGER indicators_search_delete;
DROP TRIGGER indicators_search_insert;
DELETE FROM texts_search_rows WHERE kind = 'indicator';
DROP TABLE indicator_value_evidence;
DROP TABLE indicator_values;
DROP TABLE indicator_targets;
DROP TABLE indicator_responsibles;
DROP TABLE indicators;
