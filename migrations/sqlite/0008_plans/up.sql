-- Roadmaps, strategies and their items; observations that feed the report.
CREATE TABLE plans (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  kind TEXT NOT NULL CHECK (kind IN ('roadmap', 'national_strategy', 'national_plan', 'policy', 'work_plan', 'other')),
  title TEXT NOT NULL,
  starts TEXT,
  starts_from TEXT,
  starts_to TEXT,
  ends TEXT,
  ends_from TEXT,
  ends_to TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (starts_from IS NULL OR ends_to IS NULL OR starts_from <= ends_to)
) STRICT;
CREATE INDEX plans_by_country ON plans (country_code, id);
CREATE INDEX plans_by_kind ON plans (kind, id);
CREATE TABLE plan_commissions (
  plan_id BLOB NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (plan_id, commission_id)
) STRICT;
CREATE INDEX plan_commissions_by_commission ON plan_commissions (commission_id, plan_id);
CREATE TABLE plan_items (
  id BLOB NOT NULL PRIMARY KEY,
  plan_id BLOB NOT NULL REFERENCES plans (id),
  kind TEXT NOT NULL CHECK (kind IN ('priority', 'next_step', 'objective', 'action', 'deliverable', 'milestone', 'service', 'indicator')),
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT,
  parent_id BLOB REFERENCES plan_items (id),
  period_from TEXT,
  period_to TEXT,
  status TEXT CHECK (status IN ('not_achieved', 'planned', 'in_progress', 'completed')),
  comment TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (plan_id, position),
  CHECK (period_from IS NULL OR period_to IS NULL OR period_from <= period_to)
) STRICT;
CREATE INDEX plan_items_by_parent ON plan_items (parent_id);
CREATE TABLE plan_item_responsibles (
  plan_item_id BLOB NOT NULL REFERENCES plan_items (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (plan_item_id, institution_id)
) STRICT;
CREATE INDEX plan_item_responsibles_by_institution ON plan_item_responsibles (institution_id, plan_item_id);
CREATE TABLE observations (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  kind TEXT NOT NULL CHECK (kind IN ('challenge', 'lesson', 'support_need', 'success')),
  text TEXT NOT NULL,
  response TEXT,
  addressee TEXT,
  modality TEXT,
  noted TEXT,
  noted_from TEXT,
  noted_to TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX observations_by_country ON observations (country_code, id);
CREATE INDEX observations_by_kind ON observations (kind, id);
CREATE TABLE observation_themes (
  observation_id BLOB NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (observation_id, theme)
) STRICT;
CREATE TABLE observation_plan_items (
  observation_id BLOB NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  plan_item_id BLOB NOT NULL REFERENCES plan_items (id),
  PRIMARY KEY (observation_id, plan_item_id)
) STRICT;
CREATE INDEX observation_plan_items_by_item ON observation_plan_items (plan_item_id);
CREATE TABLE observation_commissions (
  observation_id BLOB NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (observation_id, commission_id)
) STRICT;
CREATE INDEX observation_commissions_by_commission ON observation_commissions (commission_id, observation_id);
