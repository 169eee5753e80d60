-- Names, acronyms, official names and aliases of institutions and commissions on one line, without spaces around them and
-- with one space between words, as they are entered from now on: tabs, line breaks and every kind of space become a space.
UPDATE institutions SET name = btrim(regexp_replace(name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'))
  WHERE name <> btrim(regexp_replace(name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE institutions SET acronym = nullif(btrim(regexp_replace(acronym, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g')), '')
  WHERE acronym <> btrim(regexp_replace(acronym, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE institutions SET official_name = nullif(btrim(regexp_replace(official_name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g')), '')
  WHERE official_name <> btrim(regexp_replace(official_name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE institution_aliases SET alias = btrim(regexp_replace(alias, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'))
  WHERE alias <> btrim(regexp_replace(alias, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE commissions SET name = btrim(regexp_replace(name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'))
  WHERE name <> btrim(regexp_replace(name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE commissions SET acronym = nullif(btrim(regexp_replace(acronym, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g')), '')
  WHERE acronym <> btrim(regexp_replace(acronym, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE commissions SET official_name = nullif(btrim(regexp_replace(official_name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g')), '')
  WHERE official_name <> btrim(regexp_replace(official_name, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
UPDATE commission_aliases SET alias = btrim(regexp_replace(alias, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'))
  WHERE alias <> btrim(regexp_replace(alias, U&'[\0009-\000D \0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g'));
DELETE FROM institution_aliases WHERE alias = '';
DELETE FROM commission_aliases WHERE alias = '';
