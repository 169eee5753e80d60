-- Imports of follow-up matrices, and what each did to the records, so that it can be undone.
CREATE TABLE imports (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  commission_id BLOB REFERENCES commissions (id),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  created INTEGER NOT NULL CHECK (created >= 0),
  changed INTEGER NOT NULL CHECK (changed >= 0),
  unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
  imported_by BLOB REFERENCES users (id),
  created_at TEXT NOT NULL,
  undone_by BLOB REFERENCES users (id),
  undone_at TEXT
) STRICT;
CREATE INDEX imports_by_country ON imports (country_code, id);
CREATE INDEX imports_of_commission ON imports (commission_id);
CREATE INDEX imports_of_person ON imports (imported_by, id);
CREATE INDEX imports_undone_by ON imports (undone_by);
CREATE TABLE import_effects (
  import_id BLOB NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  effect TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT;
