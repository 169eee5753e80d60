-- Commitments, each institution's own assignment, its updates with evidence, reviews and extensions, and the history of it all.
CREATE TABLE commitment_numbers (
  country_code TEXT NOT NULL REFERENCES countries (code),
  prefix TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (country_code, prefix)
) STRICT;
CREATE TABLE commitments (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  country_code TEXT NOT NULL REFERENCES countries (code),
  lead_commission_id BLOB NOT NULL REFERENCES commissions (id),
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  agreement_id BLOB REFERENCES agreements (id),
  meeting_id BLOB REFERENCES meetings (id),
  due TEXT,
  due_from TEXT,
  due_to TEXT,
  due_sort TEXT NOT NULL,
  due_rule_count INTEGER CHECK (due_rule_count > 0),
  due_rule_unit TEXT CHECK (due_rule_unit IN ('business_days', 'calendar_days', 'months')),
  due_rule_from TEXT,
  due_unchecked INTEGER NOT NULL CHECK (due_unchecked IN (0, 1)),
  due_text TEXT,
  completion_rule TEXT NOT NULL CHECK (completion_rule IN ('all', 'any', 'at_least')),
  completion_count INTEGER CHECK (completion_count > 0),
  follow_up_institution_id BLOB REFERENCES institutions (id),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved', 'cancelled')),
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  folded TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (country_code, code),
  CHECK ((due_from IS NULL) = (due_to IS NULL)),
  CHECK (due_from IS NULL OR due_from <= due_to),
  CHECK (due IS NULL OR due_rule_count IS NULL),
  CHECK ((due_rule_count IS NULL) = (due_rule_unit IS NULL) AND (due_rule_count IS NULL) = (due_rule_from IS NULL)),
  CHECK ((completion_rule = 'at_least') = (completion_count IS NOT NULL)),
  CHECK (open = (status IN ('planned', 'in_progress')))
) STRICT;
CREATE INDEX commitments_by_due ON commitments (due_sort, id);
CREATE INDEX commitments_open_by_due ON commitments (open, due_sort, id);
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id);
CREATE INDEX commitments_by_country ON commitments (country_code, open, due_sort, id);
CREATE INDEX commitments_of_lead ON commitments (lead_commission_id);
CREATE INDEX commitments_of_agreement ON commitments (agreement_id);
CREATE INDEX commitments_of_meeting ON commitments (meeting_id);
CREATE INDEX commitments_by_follow_up ON commitments (follow_up_institution_id);
CREATE TABLE commitment_commissions (
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (commitment_id, commission_id)
) STRICT;
CREATE INDEX commitment_commissions_by_commission ON commitment_commissions (commission_id, commitment_id);
CREATE TABLE commitment_themes (
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (commitment_id, theme)
) STRICT;
CREATE INDEX commitment_themes_by_theme ON commitment_themes (theme, commitment_id);
CREATE TABLE commitment_plan_items (
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  plan_item_id BLOB NOT NULL REFERENCES plan_items (id),
  PRIMARY KEY (commitment_id, plan_item_id)
) STRICT;
CREATE INDEX commitment_plan_items_by_item ON commitment_plan_items (plan_item_id, commitment_id);
CREATE TABLE commitment_beneficiaries (
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (commitment_id, institution_id)
) STRICT;
CREATE INDEX commitment_beneficiaries_by_institution ON commitment_beneficiaries (institution_id);
CREATE TABLE commitment_dependencies (
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  depends_on_id BLOB NOT NULL REFERENCES commitments (id),
  PRIMARY KEY (commitment_id, depends_on_id),
  CHECK (commitment_id <> depends_on_id)
) STRICT;
CREATE INDEX commitment_dependencies_by_target ON commitment_dependencies (depends_on_id);
CREATE TABLE assignments (
  id BLOB NOT NULL PRIMARY KEY,
  commitment_id BLOB NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  role TEXT NOT NULL CHECK (role IN ('responsible', 'co_responsible')),
  due TEXT,
  due_from TEXT,
  due_to TEXT,
  target_quantity REAL CHECK (target_quantity >= 0),
  target_unit TEXT,
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved', 'cancelled')),
  verification TEXT NOT NULL CHECK (verification IN ('none', 'pending', 'accepted', 'returned')),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  quantity REAL CHECK (quantity >= 0),
  completed_on TEXT,
  last_update_at TEXT,
  pending_update_id BLOB,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (commitment_id, institution_id),
  CHECK ((due_from IS NULL) = (due_to IS NULL)),
  CHECK (due_from IS NULL OR due_from <= due_to),
  CHECK ((target_quantity IS NULL) = (target_unit IS NULL)),
  CHECK ((verification = 'pending') = (pending_update_id IS NOT NULL)),
  CHECK (verification NOT IN ('pending', 'accepted') OR status = 'completed'),
  CHECK (open = (status IN ('planned', 'in_progress')))
) STRICT;
CREATE INDEX assignments_by_institution ON assignments (institution_id, commitment_id);
CREATE INDEX assignments_open_by_due ON assignments (open, due_to, id);
CREATE TABLE updates (
  id BLOB NOT NULL PRIMARY KEY,
  assignment_id BLOB NOT NULL REFERENCES assignments (id),
  reported_on TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved')),
  narrative TEXT NOT NULL,
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  quantity REAL CHECK (quantity >= 0),
  on_behalf INTEGER NOT NULL CHECK (on_behalf IN (0, 1)),
  author_id BLOB REFERENCES users (id),
  received_at TEXT NOT NULL,
  review_outcome TEXT CHECK (review_outcome IN ('accepted', 'returned')),
  review_comment TEXT,
  reviewed_by BLOB REFERENCES users (id),
  reviewed_at TEXT,
  CHECK ((review_outcome IS NULL) = (reviewed_at IS NULL))
) STRICT;
CREATE INDEX updates_of_assignment ON updates (assignment_id, id);
CREATE INDEX updates_of_author ON updates (author_id);
CREATE INDEX updates_of_reviewer ON updates (reviewed_by);
CREATE TABLE update_evidence (
  update_id BLOB NOT NULL REFERENCES updates (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id BLOB REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from TEXT,
  dated_to TEXT,
  PRIMARY KEY (update_id, position)
) STRICT;
CREATE INDEX update_evidence_of_file ON update_evidence (file_id);
CREATE TABLE extensions (
  id BLOB NOT NULL PRIMARY KEY,
  assignment_id BLOB NOT NULL REFERENCES assignments (id),
  requested_due TEXT NOT NULL,
  requested_due_from TEXT NOT NULL,
  requested_due_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  requested_by BLOB REFERENCES users (id),
  requested_at TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('granted', 'refused')),
  comment TEXT,
  decided_by BLOB REFERENCES users (id),
  decided_at TEXT,
  CHECK ((outcome IS NULL) = (decided_at IS NULL))
) STRICT;
CREATE INDEX extensions_of_assignment ON extensions (assignment_id, id);
CREATE INDEX extensions_of_requester ON extensions (requested_by);
CREATE INDEX extensions_of_decider ON extensions (decided_by);
-- Refers to nothing but people, so that the history outlives what it tells of.
CREATE TABLE commitment_events (
  id BLOB NOT NULL PRIMARY KEY,
  commitment_id BLOB NOT NULL,
  assignment_id BLOB,
  at TEXT NOT NULL,
  user_id BLOB REFERENCES users (id),
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_events_of_commitment ON commitment_events (commitment_id, id);
CREATE INDEX commitment_events_of_assignment ON commitment_events (assignment_id, id);
CREATE INDEX commitment_events_of_user ON commitment_events (user_id);
CREATE VIRTUAL TABLE commitments_search USING fts5 (folded, content = 'commitments', content_rowid = 'row');
CREATE TRIGGER commitments_search_insert AFTER INSERT ON commitments BEGIN
  INSERT INTO commitments_search (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER commitments_search_delete AFTER DELETE ON commitments BEGIN
  INSERT INTO commitments_search (commitments_search, rowid, folded) VALUES ('delete', old.row, old.folded);
END;
CREATE TRIGGER commitments_search_update AFTER UPDATE OF folded ON commitments WHEN old.folded <> new.folded BEGIN
  INSERT INTO commitments_search (commitments_search, rowid, folded) VALUES ('delete', old.row, old.folded);
  INSERT INTO commitments_search (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER commitment_events_refuses_update BEFORE UPDATE ON commitment_events BEGIN
  SELECT raise(ABORT, 'commitment_events only grows');
END;
CREATE TRIGGER commitment_events_refuses_delete BEFORE DELETE ON commitment_events BEGIN
  SELECT raise(ABORT, 'commitment_events only grows');
END;
