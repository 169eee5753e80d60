-- Indicators of items of plans: baseline, targets by year, and values. A correction of a value keeps what was before.
CREATE TABLE indicators (
  id UUID NOT NULL PRIMARY KEY,
  plan_item_id UUID NOT NULL REFERENCES plan_items (id),
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  definition TEXT,
  source TEXT,
  direction TEXT CHECK (direction IN ('up', 'down')),
  baseline_millionths BIGINT,
  baseline_year INTEGER,
  territory TEXT,
  aggregation TEXT NOT NULL CHECK (aggregation IN ('none', 'sum', 'last')),
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  note TEXT,
  translations TEXT,
  CHECK ((baseline_millionths IS NULL) = (baseline_year IS NULL))
);
CREATE INDEX indicators_by_item ON indicators (plan_item_id, id);
CREATE TABLE indicator_responsibles (
  indicator_id UUID NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (indicator_id, institution_id)
);
CREATE INDEX indicator_responsibles_by_institution ON indicator_responsibles (institution_id, indicator_id);
CREATE TABLE indicator_targets (
  indicator_id UUID NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
  year INTEGER NOT NULL,
  value_millionths BIGINT NOT NULL,
  PRIMARY KEY (indicator_id, year)
);
-- Rows are only added. The greatest revision of a period and territory counts; one without a value takes it back.
CREATE TABLE indicator_values (
  id UUID NOT NULL PRIMARY KEY,
  indicator_id UUID NOT NULL REFERENCES indicators (id),
  period TEXT NOT NULL,
  period_from DATE NOT NULL,
  period_to DATE NOT NULL,
  territory TEXT,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  value_millionths BIGINT,
  preliminary BOOLEAN NOT NULL,
  source TEXT,
  author_id UUID REFERENCES users (id),
  from_file BOOLEAN NOT NULL,
  imported_by UUID REFERENCES users (id),
  recorded_at TIMESTAMP NOT NULL,
  CHECK (period_from <= period_to),
  CHECK (value_millionths IS NOT NULL OR revision > 1)
);
CREATE INDEX indicator_values_of_indicator ON indicator_values (indicator_id, id);
CREATE UNIQUE INDEX indicator_values_once ON indicator_values (indicator_id, period, coalesce(territory, ''), revision);
CREATE INDEX indicator_values_of_author ON indicator_values (author_id);
CREATE INDEX indicator_values_of_importer ON indicator_values (imported_by);
CREATE TABLE indicator_value_evidence (
  value_id UUID NOT NULL REFERENCES indicator_values (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id UUID REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from DATE,
  dated_to DATE,
  PRIMARY KEY (value_id, position)
);
CREATE INDEX indicator_value_evidence_of_file ON indicator_value_evidence (file_id);
CREATE INDEX indicators_search ON indicators USING gin (
  to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(name || ' ' || coalesce(definition, '') || ' ' || coalesce(territory, ''), NFD), '[\u0300-\u036f]', '', 'g')), '(\W|_)+', ' ', 'g'))
);
