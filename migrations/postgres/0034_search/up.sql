-- Full-text search in sessions, agendas, minutes, items of plans, observations and reports, in texts without accents and
-- case. The expressions are those of `db::search`.
CREATE INDEX meetings_search ON meetings USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(title || ' ' || coalesce(place, ''), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
CREATE INDEX agenda_items_search ON agenda_items USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(title || ' ' || coalesce(outcome, ''), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
CREATE INDEX minutes_search ON minutes USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(left(body, 200000), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
CREATE INDEX plan_items_search ON plan_items USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(coalesce(label, '') || ' ' || title || ' ' || coalesce(comment, ''), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
CREATE INDEX observations_search ON observations USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(text || ' ' || coalesce(response, '') || ' ' || coalesce(addressee, ''), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
CREATE INDEX updates_search ON updates USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(narrative, NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
