-- Countries with their editable calendars, and the institutions that take part.
CREATE TABLE countries (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 2),
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE calendar_days (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  date TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'non_working')),
  territory TEXT
) STRICT;
CREATE INDEX calendar_days_of_country ON calendar_days (country_code, date);
CREATE TABLE institutions (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sector TEXT NOT NULL CHECK (sector IN ('government', 'regional_government', 'local_government', 'autonomous_body', 'judiciary', 'employers', 'workers', 'civil_society', 'survivors', 'private_sector', 'academia', 'international_organization', 'foreign_government')),
  country_code TEXT CHECK (country_code IS NULL OR length(country_code) = 2),
  acronym TEXT,
  official_name TEXT,
  parent_id BLOB REFERENCES institutions (id),
  territory TEXT,
  email TEXT,
  partner_type TEXT CHECK (partner_type IN ('pathfinder_country', 'ilo', 'un_agency', 'international_cso', 'other')),
  succeeded_by_id BLOB REFERENCES institutions (id),
  folded TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX institutions_by_country ON institutions (country_code, id);
CREATE INDEX institutions_by_sector ON institutions (sector, id);
CREATE INDEX institutions_by_parent ON institutions (parent_id);
CREATE INDEX institutions_by_successor ON institutions (succeeded_by_id);
CREATE TABLE institution_aliases (
  institution_id BLOB NOT NULL REFERENCES institutions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  alias TEXT NOT NULL,
  PRIMARY KEY (institution_id, position)
) STRICT;
CREATE VIRTUAL TABLE institutions_search USING fts5 (folded, content = 'institutions', content_rowid = 'row');
CREATE TRIGGER institutions_search_insert AFTER INSERT ON institutions BEGIN
  INSERT INTO institutions_search (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER institutions_search_delete AFTER DELETE ON institutions BEGIN
  INSERT INTO institutions_search (institutions_search, rowid, folded) VALUES ('delete', old.row, old.folded);
END;
CREATE TRIGGER institutions_search_update AFTER UPDATE OF folded ON institutions WHEN old.folded <> new.folded BEGIN
  INSERT INTO institutions_search (institutions_search, rowid, folded) VALUES ('delete', old.row, old.folded);
  INSERT INTO institutions_search (rowid, folded) VALUES (new.row, new.folded);
END;
