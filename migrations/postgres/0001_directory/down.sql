-- Undoes 0001_directory: Countries with their editable calendars, and the institutions that take part.
DROP TABLE institution_aliases;
DROP TABLE institutions;
DROP TABLE calendar_days;
DROP TABLE countries;
