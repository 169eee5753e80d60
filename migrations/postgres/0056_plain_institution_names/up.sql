-- Names of institutions without spaces around them and with one space between words, as they are entered from now on.
UPDATE institutions SET name = btrim(regexp_replace(replace(name, chr(160), ' '), ' +', ' ', 'g'))
  WHERE name LIKE ' %' OR name LIKE '% ' OR name LIKE '%  %' OR strpos(name, chr(160)) > 0;
UPDATE institutions SET acronym = btrim(regexp_replace(replace(acronym, chr(160), ' '), ' +', ' ', 'g'))
  WHERE acronym LIKE ' %' OR acronym LIKE '% ' OR acronym LIKE '%  %' OR strpos(acronym, chr(160)) > 0;
UPDATE institutions SET official_name = btrim(regexp_replace(replace(official_name, chr(160), ' '), ' +', ' ', 'g'))
  WHERE official_name LIKE ' %' OR official_name LIKE '% ' OR official_name LIKE '%  %' OR strpos(official_name, chr(160)) > 0;
