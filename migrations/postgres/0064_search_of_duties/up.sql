-- Full-text search in the titles of duties, as in the other texts.
CREATE INDEX duties_search ON duties USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(title, NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
