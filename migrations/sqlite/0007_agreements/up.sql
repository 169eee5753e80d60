-- What commissions decide, and what they sign with others.
CREATE TABLE agreements (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  country_code TEXT NOT NULL REFERENCES countries (code),
  kind TEXT NOT NULL CHECK (kind IN ('meeting_agreement', 'intergovernmental_agreement', 'cooperation_agreement', 'memorandum_of_understanding', 'letter_of_intent')),
  title TEXT NOT NULL,
  meeting_id BLOB REFERENCES meetings (id),
  number TEXT,
  text TEXT,
  adopted TEXT,
  adopted_from TEXT,
  adopted_to TEXT,
  when_text TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'in_force', 'ended')),
  in_force_from TEXT,
  in_force_to TEXT,
  adoption_method TEXT CHECK (adoption_method IN ('unanimity', 'consensus', 'majority', 'unspecified')),
  votes_for INTEGER CHECK (votes_for >= 0),
  votes_against INTEGER CHECK (votes_against >= 0),
  votes_abstained INTEGER CHECK (votes_abstained >= 0),
  scope TEXT CHECK (scope IN ('national', 'binational', 'regional', 'global')),
  document_url TEXT,
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  folded TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((adopted IS NULL) = (adopted_from IS NULL) AND (adopted IS NULL) = (adopted_to IS NULL)),
  CHECK (in_force_from IS NULL OR in_force_to IS NULL OR in_force_from <= in_force_to)
) STRICT;
CREATE INDEX agreements_by_country ON agreements (country_code, id);
CREATE INDEX agreements_of_meeting ON agreements (meeting_id, id);
CREATE INDEX agreements_by_kind ON agreements (kind, id);
CREATE TABLE agreement_commissions (
  agreement_id BLOB NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (agreement_id, commission_id)
) STRICT;
CREATE INDEX agreement_commissions_by_commission ON agreement_commissions (commission_id, agreement_id);
CREATE TABLE agreement_themes (
  agreement_id BLOB NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (agreement_id, theme)
) STRICT;
CREATE INDEX agreement_themes_by_theme ON agreement_themes (theme, agreement_id);
CREATE TABLE agreement_parties (
  agreement_id BLOB NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB REFERENCES institutions (id),
  name TEXT,
  side TEXT,
  PRIMARY KEY (agreement_id, position),
  CHECK ((institution_id IS NULL) <> (name IS NULL))
) STRICT;
CREATE INDEX agreement_parties_by_institution ON agreement_parties (institution_id, agreement_id);
CREATE VIRTUAL TABLE agreements_search USING fts5 (folded, content = 'agreements', content_rowid = 'row');
CREATE TRIGGER agreements_search_insert AFTER INSERT ON agreements BEGIN
  INSERT INTO agreements_search (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER agreements_search_delete AFTER DELETE ON agreements BEGIN
  INSERT INTO agreements_search (agreements_search, rowid, folded) VALUES ('delete', old.row, old.folded);
END;
CREATE TRIGGER agreements_search_update AFTER UPDATE OF folded ON agreements WHEN old.folded <> new.folded BEGIN
  INSERT INTO agreements_search (agreements_search, rowid, folded) VALUES ('delete', old.row, old.folded);
  INSERT INTO agreements_search (rowid, folded) VALUES (new.row, new.folded);
END;
