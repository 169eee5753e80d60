-- Reports: the person who confirmed an answer, the commission whose secretariat writes it, and comments on it.
ALTER TABLE report_answers ADD COLUMN confirmed_at TIMESTAMP;
ALTER TABLE report_answers ADD COLUMN confirmed_by UUID REFERENCES users (id);
-- What a person wrote before this rule existed counts as confirmed, by nobody who is named.
UPDATE report_answers SET confirmed_at = updated_at
WHERE state = 'edited' AND report_id IN (SELECT id FROM reports WHERE status = 'draft' AND previous_version_id IS NULL);
CREATE INDEX report_answers_of_confirmer ON report_answers (confirmed_by);
CREATE TABLE report_assignees (
  report_id UUID NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  assigned_at TIMESTAMP NOT NULL,
  PRIMARY KEY (report_id, key)
);
CREATE INDEX report_assignees_of_commission ON report_assignees (commission_id, report_id);
CREATE TABLE report_comments (
  id UUID NOT NULL PRIMARY KEY,
  report_id UUID NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  author_id UUID REFERENCES users (id),
  text TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX report_comments_of_answer ON report_comments (report_id, key, id);
CREATE INDEX report_comments_of_author ON report_comments (author_id);
