-- The registry: what institutions and commissions did.
CREATE TABLE activities (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  country_code TEXT NOT NULL REFERENCES countries (code),
  kind TEXT NOT NULL CHECK (kind IN ('training', 'workshop', 'seminar', 'course', 'talk', 'campaign', 'commemoration', 'inspection_operation', 'technical_assistance', 'coordination', 'study', 'survey', 'publication', 'legal_instrument', 'protocol', 'exchange', 'meeting', 'recognition', 'milestone', 'other')),
  title TEXT NOT NULL,
  description TEXT,
  result TEXT,
  expected_result TEXT,
  result_state TEXT CHECK (result_state IN ('achieved', 'partial', 'expected')),
  starts TEXT,
  starts_from TEXT,
  starts_to TEXT,
  ends TEXT,
  ends_from TEXT,
  ends_to TEXT,
  when_text TEXT,
  period_from TEXT,
  period_to TEXT,
  span_from TEXT,
  span_to TEXT,
  participants_total INTEGER CHECK (participants_total >= 0),
  participants_women INTEGER CHECK (participants_women >= 0),
  participants_men INTEGER CHECK (participants_men >= 0),
  audience TEXT,
  occurrences INTEGER CHECK (occurrences > 0),
  scope TEXT CHECK (scope IN ('national', 'binational', 'regional', 'global')),
  highlight INTEGER NOT NULL CHECK (highlight IN (0, 1)),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  source TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'validated')),
  author_id BLOB REFERENCES users (id),
  folded TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (starts_from IS NULL OR ends_to IS NULL OR starts_from <= ends_to),
  CHECK (period_from IS NULL OR period_to IS NULL OR period_from <= period_to),
  CHECK ((span_from IS NULL) = (span_to IS NULL)),
  CHECK (ends IS NULL OR starts IS NOT NULL)
) STRICT;
CREATE INDEX activities_by_country ON activities (country_code, status, span_from, id);
CREATE INDEX activities_by_kind ON activities (kind, id);
CREATE INDEX activities_by_status ON activities (status, id);
CREATE INDEX activities_by_span ON activities (span_from, span_to);
CREATE INDEX activities_of_author ON activities (author_id);
CREATE TABLE activity_commissions (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (activity_id, commission_id)
) STRICT;
CREATE INDEX activity_commissions_by_commission ON activity_commissions (commission_id, activity_id);
CREATE TABLE activity_themes (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (activity_id, theme)
) STRICT;
CREATE INDEX activity_themes_by_theme ON activity_themes (theme, activity_id);
CREATE TABLE activity_territories (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  territory TEXT NOT NULL,
  PRIMARY KEY (activity_id, position)
) STRICT;
CREATE TABLE activity_organizers (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (activity_id, institution_id)
) STRICT;
CREATE INDEX activity_organizers_by_institution ON activity_organizers (institution_id, activity_id);
CREATE TABLE activity_partners (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (activity_id, institution_id)
) STRICT;
CREATE INDEX activity_partners_by_institution ON activity_partners (institution_id, activity_id);
CREATE TABLE activity_plan_items (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  plan_item_id BLOB NOT NULL REFERENCES plan_items (id),
  PRIMARY KEY (activity_id, plan_item_id)
) STRICT;
CREATE INDEX activity_plan_items_by_item ON activity_plan_items (plan_item_id, activity_id);
CREATE TABLE activity_commitments (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commitment_id BLOB NOT NULL REFERENCES commitments (id),
  PRIMARY KEY (activity_id, commitment_id)
) STRICT;
CREATE INDEX activity_commitments_by_commitment ON activity_commitments (commitment_id, activity_id);
CREATE TABLE activity_evidence (
  activity_id BLOB NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id BLOB REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from TEXT,
  dated_to TEXT,
  PRIMARY KEY (activity_id, position)
) STRICT;
CREATE INDEX activity_evidence_of_file ON activity_evidence (file_id);
CREATE VIRTUAL TABLE activities_search USING fts5 (folded, content = 'activities', content_rowid = 'row');
CREATE TRIGGER activities_search_insert AFTER INSERT ON activities BEGIN
  INSERT INTO activities_search (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER activities_search_delete AFTER DELETE ON activities BEGIN
  INSERT INTO activities_search (activities_search, rowid, folded) VALUES ('delete', old.row, old.folded);
END;
CREATE TRIGGER activities_search_update AFTER UPDATE OF folded ON activities WHEN old.folded <> new.folded BEGIN
  INSERT INTO activities_search (activities_search, rowid, folded) VALUES ('delete', old.row, old.folded);
  INSERT INTO activities_search (rowid, folded) VALUES (new.row, new.folded);
END;
