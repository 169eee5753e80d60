-- Commitments, each institution's own assignment, its updates with evidence, reviews and extensions, and the history of it all.
CREATE TABLE commitment_numbers (
  country_code TEXT NOT NULL REFERENCES countries (code),
  prefix TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (country_code, prefix)
);
CREATE TABLE commitments (
  id UUID NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  lead_commission_id UUID NOT NULL REFERENCES commissions (id),
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  agreement_id UUID REFERENCES agreements (id),
  meeting_id UUID REFERENCES meetings (id),
  due TEXT,
  due_from DATE,
  due_to DATE,
  due_sort DATE NOT NULL,
  due_rule_count INTEGER CHECK (due_rule_count > 0),
  due_rule_unit TEXT CHECK (due_rule_unit IN ('business_days', 'calendar_days', 'months')),
  due_rule_from DATE,
  due_unchecked BOOLEAN NOT NULL,
  due_text TEXT,
  completion_rule TEXT NOT NULL CHECK (completion_rule IN ('all', 'any', 'at_least')),
  completion_count INTEGER CHECK (completion_count > 0),
  follow_up_institution_id UUID REFERENCES institutions (id),
  restricted BOOLEAN NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved', 'cancelled')),
  open BOOLEAN NOT NULL,
  folded TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  UNIQUE (country_code, code),
  CHECK ((due_from IS NULL) = (due_to IS NULL)),
  CHECK (due_from IS NULL OR due_from <= due_to),
  CHECK (due IS NULL OR due_rule_count IS NULL),
  CHECK ((due_rule_count IS NULL) = (due_rule_unit IS NULL) AND (due_rule_count IS NULL) = (due_rule_from IS NULL)),
  CHECK ((completion_rule = 'at_least') = (completion_count IS NOT NULL)),
  CHECK (open = (status IN ('planned', 'in_progress')))
);
CREATE INDEX commitments_by_due ON commitments (due_sort, id);
CREATE INDEX commitments_open_by_due ON commitments (open, due_sort, id);
CREATE INDEX commitments_by_status ON commitments (status, due_sort, id);
CREATE INDEX commitments_by_country ON commitments (country_code, open, due_sort, id);
CREATE INDEX commitments_of_lead ON commitments (lead_commission_id);
CREATE INDEX commitments_of_agreement ON commitments (agreement_id);
CREATE INDEX commitments_of_meeting ON commitments (meeting_id);
CREATE INDEX commitments_by_follow_up ON commitments (follow_up_institution_id);
CREATE TABLE commitment_commissions (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (commitment_id, commission_id)
);
CREATE INDEX commitment_commissions_by_commission ON commitment_commissions (commission_id, commitment_id);
CREATE TABLE commitment_themes (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (commitment_id, theme)
);
CREATE INDEX commitment_themes_by_theme ON commitment_themes (theme, commitment_id);
CREATE TABLE commitment_plan_items (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  plan_item_id UUID NOT NULL REFERENCES plan_items (id),
  PRIMARY KEY (commitment_id, plan_item_id)
);
CREATE INDEX commitment_plan_items_by_item ON commitment_plan_items (plan_item_id, commitment_id);
CREATE TABLE commitment_beneficiaries (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (commitment_id, institution_id)
);
CREATE INDEX commitment_beneficiaries_by_institution ON commitment_beneficiaries (institution_id);
CREATE TABLE commitment_dependencies (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  depends_on_id UUID NOT NULL REFERENCES commitments (id),
  PRIMARY KEY (commitment_id, depends_on_id),
  CHECK (commitment_id <> depends_on_id)
);
CREATE INDEX commitment_dependencies_by_target ON commitment_dependencies (depends_on_id);
CREATE TABLE assignments (
  id UUID NOT NULL PRIMARY KEY,
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  role TEXT NOT NULL CHECK (role IN ('responsible', 'co_responsible')),
  due TEXT,
  due_from DATE,
  due_to DATE,
  target_quantity DOUBLE PRECISION CHECK (target_quantity >= 0),
  target_unit TEXT,
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved', 'cancelled')),
  verification TEXT NOT NULL CHECK (verification IN ('none', 'pending', 'accepted', 'returned')),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  quantity DOUBLE PRECISION CHECK (quantity >= 0),
  completed_on DATE,
  last_update_at TIMESTAMP,
  pending_update_id UUID,
  open BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  UNIQUE (commitment_id, institution_id),
  CHECK ((due_from IS NULL) = (due_to IS NULL)),
  CHECK (due_from IS NULL OR due_from <= due_to),
  CHECK ((target_quantity IS NULL) = (target_unit IS NULL)),
  CHECK ((verification = 'pending') = (pending_update_id IS NOT NULL)),
  CHECK (verification NOT IN ('pending', 'accepted') OR status = 'completed'),
  CHECK (open = (status IN ('planned', 'in_progress')))
);
CREATE INDEX assignments_by_institution ON assignments (institution_id, commitment_id);
CREATE INDEX assignments_open_by_due ON assignments (open, due_to, id);
CREATE TABLE updates (
  id UUID NOT NULL PRIMARY KEY,
  assignment_id UUID NOT NULL REFERENCES assignments (id),
  reported_on DATE NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'not_achieved')),
  narrative TEXT NOT NULL,
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  quantity DOUBLE PRECISION CHECK (quantity >= 0),
  on_behalf BOOLEAN NOT NULL,
  author_id UUID REFERENCES users (id),
  received_at TIMESTAMP NOT NULL,
  review_outcome TEXT CHECK (review_outcome IN ('accepted', 'returned')),
  review_comment TEXT,
  reviewed_by UUID REFERENCES users (id),
  reviewed_at TIMESTAMP,
  CHECK ((review_outcome IS NULL) = (reviewed_at IS NULL))
);
CREATE INDEX updates_of_assignment ON updates (assignment_id, id);
CREATE INDEX updates_of_author ON updates (author_id);
CREATE INDEX updates_of_reviewer ON updates (reviewed_by);
CREATE TABLE update_evidence (
  update_id UUID NOT NULL REFERENCES updates (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id UUID REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from DATE,
  dated_to DATE,
  PRIMARY KEY (update_id, position)
);
CREATE INDEX update_evidence_of_file ON update_evidence (file_id);
CREATE TABLE extensions (
  id UUID NOT NULL PRIMARY KEY,
  assignment_id UUID NOT NULL REFERENCES assignments (id),
  requested_due TEXT NOT NULL,
  requested_due_from DATE NOT NULL,
  requested_due_to DATE NOT NULL,
  reason TEXT NOT NULL,
  requested_by UUID REFERENCES users (id),
  requested_at TIMESTAMP NOT NULL,
  outcome TEXT CHECK (outcome IN ('granted', 'refused')),
  comment TEXT,
  decided_by UUID REFERENCES users (id),
  decided_at TIMESTAMP,
  CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
CREATE INDEX extensions_of_assignment ON extensions (assignment_id, id);
CREATE INDEX extensions_of_requester ON extensions (requested_by);
CREATE INDEX extensions_of_decider ON extensions (decided_by);
-- Refers to nothing but people, so that the history outlives what it tells of.
CREATE TABLE commitment_events (
  id UUID NOT NULL PRIMARY KEY,
  commitment_id UUID NOT NULL,
  assignment_id UUID,
  at TIMESTAMP NOT NULL,
  user_id UUID REFERENCES users (id),
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX commitment_events_of_commitment ON commitment_events (commitment_id, id);
CREATE INDEX commitment_events_of_assignment ON commitment_events (assignment_id, id);
CREATE INDEX commitment_events_of_user ON commitment_events (user_id);
CREATE INDEX commitments_search ON commitments USING gin (to_tsvector('simple', folded));
CREATE FUNCTION commitment_events_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'commitment_events only grows';
END $$;
CREATE TRIGGER commitment_events_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON commitment_events
  FOR EACH STATEMENT EXECUTE FUNCTION commitment_events_only_grows();
