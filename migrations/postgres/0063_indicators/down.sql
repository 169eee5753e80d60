DROP TABLE indicator_value_evidence;
DROP TABLE indicator_values;
DROP TABLE indicator_targets;
DROP TABLE indicator_responsibles;
DROP TABLE indicators;
