-- The text of minutes that was written since their circulation, which only those who may write the session read; and the
-- search by the code of minutes. The expression is that of `db::search`.
ALTER TABLE minutes ADD COLUMN new_body TEXT;
DROP INDEX minutes_search;
CREATE INDEX minutes_search ON minutes USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(coalesce(code, '') || ' ' || left(body, 200000), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
