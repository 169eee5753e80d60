-- Annual progress reports: one row a report, one a question that has been drafted or edited.
CREATE TABLE reports (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  template TEXT NOT NULL CHECK (template IN ('alliance87-annual')),
  period_from TEXT NOT NULL,
  period_to TEXT NOT NULL,
  roadmap_id BLOB NOT NULL REFERENCES plans (id),
  first_report INTEGER NOT NULL CHECK (first_report IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('draft', 'approved')),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (period_from <= period_to)
) STRICT;
CREATE INDEX reports_by_country ON reports (country_code, id);
CREATE INDEX reports_of_roadmap ON reports (roadmap_id);
CREATE TABLE report_answers (
  report_id BLOB NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  text TEXT,
  choices TEXT NOT NULL,
  other_text TEXT,
  "rows" TEXT NOT NULL,
  sources TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('empty', 'drafted', 'edited', 'approved')),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (report_id, key)
) STRICT;
