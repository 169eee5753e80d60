-- Periodic reports: who must report what, how often; the reports with their revisions and reviews; waivers.
CREATE TABLE duties (
  id UUID NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  title TEXT NOT NULL,
  every TEXT NOT NULL CHECK (every IN ('month', 'quarter', 'half_year', 'year')),
  starts TEXT NOT NULL,
  starts_from DATE NOT NULL,
  starts_to DATE NOT NULL,
  ends TEXT,
  ends_from DATE,
  ends_to DATE,
  sector TEXT,
  due_days INTEGER NOT NULL CHECK (due_days BETWEEN 0 AND 365),
  plan_item_id UUID REFERENCES plan_items (id),
  restricted BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  note TEXT,
  translations TEXT,
  reminded_on DATE
);
CREATE INDEX duties_by_country ON duties (country_code, id);
CREATE INDEX duties_by_plan_item ON duties (plan_item_id);
CREATE INDEX duties_by_period ON duties (every, id);
CREATE TABLE duty_commissions (
  duty_id UUID NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (duty_id, commission_id)
);
CREATE INDEX duty_commissions_by_commission ON duty_commissions (commission_id, duty_id);
CREATE TABLE duty_institutions (
  duty_id UUID NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  PRIMARY KEY (duty_id, institution_id)
);
CREATE INDEX duty_institutions_by_institution ON duty_institutions (institution_id, duty_id);
CREATE TABLE duty_fields (
  duty_id UUID NOT NULL REFERENCES duties (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('count', 'percent', 'text')),
  unit TEXT,
  PRIMARY KEY (duty_id, key)
);
-- Every report and every correction is a row; the newest of a period counts. Its state, its lateness and its review are
-- derived, and stored for the lists that filter by them.
CREATE TABLE duty_reports (
  id UUID NOT NULL PRIMARY KEY,
  duty_id UUID NOT NULL REFERENCES duties (id),
  institution_id UUID NOT NULL REFERENCES institutions (id),
  period TEXT NOT NULL,
  period_from DATE NOT NULL,
  period_to DATE NOT NULL,
  revision INTEGER NOT NULL CHECK (revision > 0),
  newest BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reported', 'zero', 'nothing')),
  late BOOLEAN NOT NULL,
  verification TEXT NOT NULL CHECK (verification IN ('pending', 'accepted', 'returned')),
  figures TEXT NOT NULL,
  narrative TEXT,
  on_behalf BOOLEAN NOT NULL,
  author_id UUID REFERENCES users (id),
  from_file BOOLEAN NOT NULL,
  imported_by UUID REFERENCES users (id),
  received_at TIMESTAMP NOT NULL,
  UNIQUE (duty_id, institution_id, period, revision)
);
CREATE UNIQUE INDEX duty_reports_newest ON duty_reports (duty_id, institution_id, period_from) WHERE newest;
CREATE INDEX duty_reports_to_review ON duty_reports (duty_id) WHERE newest AND verification = 'pending';
CREATE INDEX duty_reports_by_institution ON duty_reports (institution_id, duty_id);
CREATE INDEX duty_reports_by_author ON duty_reports (author_id);
CREATE INDEX duty_reports_by_importer ON duty_reports (imported_by);
CREATE TABLE duty_report_evidence (
  report_id UUID NOT NULL REFERENCES duty_reports (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  file_id UUID REFERENCES files (id),
  kind TEXT,
  dated TEXT,
  dated_from DATE,
  dated_to DATE,
  PRIMARY KEY (report_id, position)
);
CREATE INDEX duty_report_evidence_of_file ON duty_report_evidence (file_id);
CREATE TABLE duty_reviews (
  id UUID NOT NULL PRIMARY KEY,
  report_id UUID NOT NULL REFERENCES duty_reports (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'returned')),
  comment TEXT,
  reviewed_by UUID REFERENCES users (id),
  reviewed_at TIMESTAMP NOT NULL
);
CREATE INDEX duty_reviews_by_report ON duty_reviews (report_id);
CREATE INDEX duty_reviews_by_reviewer ON duty_reviews (reviewed_by);
CREATE TABLE duty_waivers (
  id UUID NOT NULL PRIMARY KEY,
  duty_id UUID NOT NULL REFERENCES duties (id),
  institution_id UUID NOT NULL REFERENCES institutions (id),
  period TEXT NOT NULL,
  period_from DATE NOT NULL,
  reason TEXT NOT NULL,
  waived_by UUID REFERENCES users (id),
  waived_at TIMESTAMP NOT NULL,
  withdrawn_by UUID REFERENCES users (id),
  withdrawn_at TIMESTAMP
);
CREATE UNIQUE INDEX duty_waivers_in_force ON duty_waivers (duty_id, institution_id, period_from) WHERE withdrawn_at IS NULL;
CREATE INDEX duty_waivers_by_duty ON duty_waivers (duty_id, institution_id);
CREATE INDEX duty_waivers_by_institution ON duty_waivers (institution_id);
CREATE INDEX duty_waivers_by_author ON duty_waivers (waived_by);
CREATE INDEX duty_waivers_by_withdrawal ON duty_waivers (withdrawn_by);
