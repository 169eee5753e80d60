-- Names of institutions without spaces around them and with one space between words, as they are entered from now on.
UPDATE institutions SET name = trim(replace(replace(replace(replace(name, char(160), ' '), ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE name LIKE ' %' OR name LIKE '% ' OR name LIKE '%  %' OR instr(name, char(160)) > 0;
UPDATE institutions SET acronym = trim(replace(replace(replace(replace(acronym, char(160), ' '), ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE acronym LIKE ' %' OR acronym LIKE '% ' OR acronym LIKE '%  %' OR instr(acronym, char(160)) > 0;
UPDATE institutions SET official_name = trim(replace(replace(replace(replace(official_name, char(160), ' '), ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE official_name LIKE ' %' OR official_name LIKE '% ' OR official_name LIKE '%  %' OR instr(official_name, char(160)) > 0;
