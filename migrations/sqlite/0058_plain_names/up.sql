-- Names, acronyms, official names and aliases of institutions and commissions on one line, without spaces around them and
-- with one space between words, as they are entered from now on: tabs, line breaks and every kind of space become a space.
UPDATE institutions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE name GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE institutions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE name GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE institutions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE name GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE institutions SET name = trim(replace(replace(replace(name, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE name LIKE ' %' OR name LIKE '% ' OR name LIKE '%  %';
UPDATE institutions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE acronym GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE institutions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE acronym GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE institutions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE acronym GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE institutions SET acronym = nullif(trim(replace(replace(replace(acronym, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' ')), '')
  WHERE acronym LIKE ' %' OR acronym LIKE '% ' OR acronym LIKE '%  %';
UPDATE institutions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE official_name GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE institutions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE official_name GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE institutions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE official_name GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE institutions SET official_name = nullif(trim(replace(replace(replace(official_name, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' ')), '')
  WHERE official_name LIKE ' %' OR official_name LIKE '% ' OR official_name LIKE '%  %';
UPDATE institution_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE alias GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE institution_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE alias GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE institution_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE alias GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE institution_aliases SET alias = trim(replace(replace(replace(alias, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE alias LIKE ' %' OR alias LIKE '% ' OR alias LIKE '%  %';
UPDATE commissions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE name GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE commissions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE name GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE commissions SET name = replace(replace(replace(replace(replace(replace(replace(replace(name, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE name GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE commissions SET name = trim(replace(replace(replace(name, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE name LIKE ' %' OR name LIKE '% ' OR name LIKE '%  %';
UPDATE commissions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE acronym GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE commissions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE acronym GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE commissions SET acronym = replace(replace(replace(replace(replace(replace(replace(replace(acronym, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE acronym GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE commissions SET acronym = nullif(trim(replace(replace(replace(acronym, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' ')), '')
  WHERE acronym LIKE ' %' OR acronym LIKE '% ' OR acronym LIKE '%  %';
UPDATE commissions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE official_name GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE commissions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE official_name GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE commissions SET official_name = replace(replace(replace(replace(replace(replace(replace(replace(official_name, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE official_name GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE commissions SET official_name = nullif(trim(replace(replace(replace(official_name, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' ')), '')
  WHERE official_name LIKE ' %' OR official_name LIKE '% ' OR official_name LIKE '%  %';
UPDATE commission_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(5760), ' ')
  WHERE alias GLOB '*[' || char(9, 10, 11, 12, 13, 133, 160, 5760) || ']*';
UPDATE commission_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(8192), ' '), char(8193), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' ')
  WHERE alias GLOB '*[' || char(8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199) || ']*';
UPDATE commission_aliases SET alias = replace(replace(replace(replace(replace(replace(replace(replace(alias, char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(8287), ' '), char(12288), ' ')
  WHERE alias GLOB '*[' || char(8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288) || ']*';
UPDATE commission_aliases SET alias = trim(replace(replace(replace(alias, ' ', char(1) || char(2)), char(2) || char(1), ''), char(1) || char(2), ' '))
  WHERE alias LIKE ' %' OR alias LIKE '% ' OR alias LIKE '%  %';
DELETE FROM institution_aliases WHERE alias = '';
DELETE FROM commission_aliases WHERE alias = '';
