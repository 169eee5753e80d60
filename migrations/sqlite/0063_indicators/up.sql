-- Indicators of items of plans: baseline, targets by year, and values. A correction of a value keeps what was before.
CREATE TABLE indicators (
  id BLOB NOT NULL PRIMARY KEY,
  plan_item_id BLOB NOT NULL REFERENCES plan_items (id),
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  definition TEXT,
  source TEXT,
  direction TEXT CHECK (direction IN ('up', 'down')),
  baseline_millionths INTEGER,
  baseline_year INTEGER,
  territory TEXT,
  aggregation TEXT NOT NULL CHECK (aggregation IN ('none', 'sum', 'last')),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  note TEXT,
  translations TEXT,
  CHECK ((baseline_millionths IS NULL) = (baseline_year IS NULL))
) STRICT;
CREATE INDEX indicators_by_item ON indicators (plan_item_id, id);
CREATE TABLE indicator_responsibles (
  indicator_id BLOB NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (indicator_id, institution_id)
) STRICT;
CREATE INDEX indicator_responsibles_by_institution ON indicator_responsibles (institution_id, indicator_id);
CREATE TABLE indicator_targets (
  indicator_id BLOB NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
  year INTEGER NOT NULL,
  value_millionths INTEGER NOT NULL,
  PRIMARY KEY (indicator_id, year)
) STRICT;
-- Rows are only added. The greatest revision of a period and territory counts; one without a value takes it back.
CREATE TABLE indicator_values (
  id BLOB NOT NULL PRIMARY KEY,
  indicator_id BLOB NOT NULL REFERENCES indicators (id),
  period TEXT NOT NULL,
  period_from TEXT NOT NULL,
  period_to TEXT NOT NULL,
  territory TEXT,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  value_millionths INTEGER,
  preliminary INTEGER NOT NULL CHECK (preliminary IN (0, 1)),
  source TEXT,
  author_id BLOB REFERENCES users (id),
  from_file INTEGER NOT NULL CHECK (from_file IN (0, 1)),
  imported_by BLOB REFERENCES users (id),
  recorded_at TEXT NOT NULL,
  CHECK (period_from <= period_to),
  CHECK (value_millionths IS NOT NULL OR revision > 1)
) STRICT;
CREATE INDEX indicator_values_of_indicator ON indicator_values (indicator_id, id);
CREATE UNIQUE INDEX indicator_values_once ON indicator_values (indicator_id, period, coalesce(territory, ''), revision);
CREATE INDEX indicator_values_of_author ON indicator_values (author_id);
CREATE INDEX indicator_values_of_importer ON indicator_values (imported_by);
CREATE TABLE indicator_value_evidence (
  value_id BLOB NOT NULL REFERENCES indicator_values (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id BLOB REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from TEXT,
  dated_to TEXT,
  PRIMARY KEY (value_id, position)
) STRICT;
CREATE INDEX indicator_value_evidence_of_file ON indicator_value_evidence (file_id);
CREATE TRIGGER indicators_search_insert AFTER INSERT ON indicators BEGIN
  INSERT INTO texts_search_rows (kind, id, text) VALUES ('indicator', new.id, new.name || ' ' || coalesce(new.definition, '') || ' ' || coalesce(new.territory, ''));
END;
CREATE TRIGGER indicators_search_delete AFTER DELETE ON indicators BEGIN
  DELETE FROM texts_search_rows WHERE kind = 'indicator' AND id = old.id;
END;
CREATE TRIGGER indicators_search_update AFTER UPDATE OF name, definition, territory ON indicators BEGIN
  UPDATE texts_search_rows SET text = new.name || ' ' || coalesce(new.definition, '') || ' ' || coalesce(new.territory, '') WHERE kind = 'indicator' AND id = new.id;
END;
