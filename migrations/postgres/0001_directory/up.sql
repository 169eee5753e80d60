-- Countries with their editable calendars, and the institutions that take part.
CREATE TABLE countries (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 2),
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE TABLE calendar_days (
  id UUID NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  date DATE NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'non_working')),
  territory TEXT
);
CREATE INDEX calendar_days_of_country ON calendar_days (country_code, date);
CREATE TABLE institutions (
  id UUID NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  sector TEXT NOT NULL CHECK (sector IN ('government', 'regional_government', 'local_government', 'autonomous_body', 'judiciary', 'employers', 'workers', 'civil_society', 'survivors', 'private_sector', 'academia', 'international_organization', 'foreign_government')),
  country_code TEXT CHECK (country_code IS NULL OR length(country_code) = 2),
  acronym TEXT,
  official_name TEXT,
  parent_id UUID REFERENCES institutions (id),
  territory TEXT,
  email TEXT,
  partner_type TEXT CHECK (partner_type IN ('pathfinder_country', 'ilo', 'un_agency', 'international_cso', 'other')),
  succeeded_by_id UUID REFERENCES institutions (id),
  folded TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE INDEX institutions_by_country ON institutions (country_code, id);
CREATE INDEX institutions_by_sector ON institutions (sector, id);
CREATE INDEX institutions_by_parent ON institutions (parent_id);
CREATE INDEX institutions_by_successor ON institutions (succeeded_by_id);
CREATE TABLE institution_aliases (
  institution_id UUID NOT NULL REFERENCES institutions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  alias TEXT NOT NULL,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX institutions_search ON institutions USING gin (to_tsvector('simple', folded));
