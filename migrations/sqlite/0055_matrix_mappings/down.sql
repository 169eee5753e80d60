DROP TABLE matrix_mappings;
