-- The spaces are not restored.
SELECT 1;
