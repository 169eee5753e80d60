-- Minutes have one text, and their code is not searched.
UPDATE minutes SET body = new_body WHERE new_body IS NOT NULL;
DROP INDEX minutes_search;
CREATE INDEX minutes_search ON minutes USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(left(body, 200000), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
ALTER TABLE minutes DROP COLUMN new_body;
