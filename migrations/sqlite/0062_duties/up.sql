-- Periodic reports: who must report what, how often; the reports with their revisions and reviews; waivers.
CREATE TABLE duties (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  title TEXT NOT NULL,
  every TEXT NOT NULL CHECK (every IN ('month', 'quarter', 'half_year', 'year')),
  starts TEXT NOT NULL,
  starts_from TEXT NOT NULL,
  starts_to TEXT NOT NULL,
  ends TEXT,
  ends_from TEXT,
  ends_to TEXT,
  sector TEXT,
  due_days INTEGER NOT NULL CHECK (due_days BETWEEN 0 AND 365),
  plan_item_id BLOB REFERENCES plan_items (id),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  note TEXT,
  translations TEXT,
  reminded_on TEXT
) STRICT;
CREATE INDEX duties_by_country ON duties (country_code, id);
CREATE INDEX duties_by_plan_item ON duties (plan_item_id);
CREATE INDEX duties_by_period ON duties (every, id);
CREATE TABLE duty_commissions (
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (duty_id, commission_id)
) STRICT;
CREATE INDEX duty_commissions_by_commission ON duty_commissions (commission_id, duty_id);
CREATE TABLE duty_institutions (
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (duty_id, institution_id)
) STRICT;
CREATE INDEX duty_institutions_by_institution ON duty_institutions (institution_id, duty_id);
CREATE TABLE duty_fields (
  duty_id BLOB NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('count', 'percent', 'text')),
  unit TEXT,
  PRIMARY KEY (duty_id, key)
) STRICT;
-- Every report and every correction is a row; the newest of a period counts. Its state, its lateness and its review are
-- derived, and stored for the lists that filter by them.
CREATE TABLE duty_reports (
  id BLOB NOT NULL PRIMARY KEY,
  duty_id BLOB NOT NULL REFERENCES duties (id),
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  period TEXT NOT NULL,
  period_from TEXT NOT NULL,
  period_to TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision > 0),
  newest INTEGER NOT NULL CHECK (newest IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('reported', 'zero', 'nothing')),
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  verification TEXT NOT NULL CHECK (verification IN ('pending', 'accepted', 'returned')),
  figures TEXT NOT NULL,
  narrative TEXT,
  on_behalf INTEGER NOT NULL CHECK (on_behalf IN (0, 1)),
  author_id BLOB REFERENCES users (id),
  from_file INTEGER NOT NULL CHECK (from_file IN (0, 1)),
  imported_by BLOB REFERENCES users (id),
  received_at TEXT NOT NULL,
  UNIQUE (duty_id, institution_id, period, revision)
) STRICT;
CREATE UNIQUE INDEX duty_reports_newest ON duty_reports (duty_id, institution_id, period_from) WHERE newest = 1;
CREATE INDEX duty_reports_to_review ON duty_reports (duty_id) WHERE newest = 1 AND verification = 'pending';
CREATE INDEX duty_reports_by_institution ON duty_reports (institution_id, duty_id);
CREATE INDEX duty_reports_by_author ON duty_reports (author_id);
CREATE INDEX duty_reports_by_importer ON duty_reports (imported_by);
CREATE TABLE duty_report_evidence (
  report_id BLOB NOT NULL REFERENCES duty_reports (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id BLOB REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from TEXT,
  dated_to TEXT,
  PRIMARY KEY (report_id, position)
) STRICT;
CREATE INDEX duty_report_evidence_of_file ON duty_report_evidence (file_id);
CREATE TABLE duty_reviews (
  id BLOB NOT NULL PRIMARY KEY,
  report_id BLOB NOT NULL REFERENCES duty_reports (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'returned')),
  comment TEXT,
  reviewed_by BLOB REFERENCES users (id),
  reviewed_at TEXT NOT NULL
) STRICT;
CREATE INDEX duty_reviews_by_report ON duty_reviews (report_id);
CREATE INDEX duty_reviews_by_reviewer ON duty_reviews (reviewed_by);
CREATE TABLE duty_waivers (
  id BLOB NOT NULL PRIMARY KEY,
  duty_id BLOB NOT NULL REFERENCES duties (id),
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  period TEXT NOT NULL,
  period_from TEXT NOT NULL,
  reason TEXT NOT NULL,
  waived_by BLOB REFERENCES users (id),
  waived_at TEXT NOT NULL,
  withdrawn_by BLOB REFERENCES users (id),
  withdrawn_at TEXT
) STRICT;
CREATE UNIQUE INDEX duty_waivers_in_force ON duty_waivers (duty_id, institution_id, period_from) WHERE withdrawn_at IS NULL;
CREATE INDEX duty_waivers_by_duty ON duty_waivers (duty_id, institution_id);
CREATE INDEX duty_waivers_by_institution ON duty_waivers (institution_id);
CREATE INDEX duty_waivers_by_author ON duty_waivers (waived_by);
CREATE INDEX duty_waivers_by_withdrawal ON duty_waivers (withdrawn_by);
