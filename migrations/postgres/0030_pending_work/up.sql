-- What waits for whom: requests, drafts, circulation and comments, preferences. Actions fill these columns.

-- One request for more time waits at most for each assignment; the newest stays.
ALTER TABLE extensions ADD COLUMN status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'granted', 'refused', 'withdrawn'));
ALTER TABLE extensions ADD COLUMN granted_due TEXT;
ALTER TABLE extensions ADD COLUMN granted_due_from DATE;
ALTER TABLE extensions ADD COLUMN granted_due_to DATE;
ALTER TABLE extensions ADD COLUMN withdrawn_by UUID REFERENCES users (id);
ALTER TABLE extensions ADD COLUMN withdrawn_at TIMESTAMP;
UPDATE extensions SET status = outcome WHERE outcome IS NOT NULL;
UPDATE extensions SET granted_due = requested_due, granted_due_from = requested_due_from, granted_due_to = requested_due_to
  WHERE outcome = 'granted';
UPDATE extensions SET status = 'withdrawn', withdrawn_at = (
    SELECT max(later.requested_at) FROM extensions later WHERE later.assignment_id = extensions.assignment_id)
  WHERE status = 'pending' AND EXISTS (
    SELECT 1 FROM extensions later
    WHERE later.assignment_id = extensions.assignment_id AND later.outcome IS NULL AND later.id > extensions.id);
CREATE UNIQUE INDEX extensions_pending ON extensions (assignment_id) WHERE status = 'pending';
CREATE INDEX extensions_by_status ON extensions (status, id);
CREATE INDEX extensions_of_withdrawer ON extensions (withdrawn_by);

ALTER TABLE assignments ADD COLUMN pending_extension_id UUID;
-- The time of the mail that announced it.
ALTER TABLE assignments ADD COLUMN announced_at TIMESTAMP;
UPDATE assignments SET pending_extension_id = (
  SELECT e.id FROM extensions e WHERE e.assignment_id = assignments.id AND e.status = 'pending');
CREATE INDEX assignments_by_verification ON assignments (verification, commitment_id);
CREATE INDEX assignments_by_status ON assignments (status, commitment_id);
CREATE INDEX assignments_of_institution_by_due ON assignments (institution_id, open, due_to, commitment_id);

ALTER TABLE updates ADD COLUMN accepted_below_target BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX updates_by_review ON updates (review_outcome, id);

-- A draft is known to those who may write it alone.
ALTER TABLE commitments ADD COLUMN draft BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE commitments ADD COLUMN agenda_item_id UUID REFERENCES agenda_items (id) ON DELETE SET NULL;
CREATE INDEX commitments_drafts ON commitments (due_sort, id) WHERE draft;
CREATE INDEX commitments_by_update ON commitments (updated_at, id);
CREATE INDEX commitments_by_code ON commitments (code, id);
CREATE INDEX commitments_of_agenda_item ON commitments (agenda_item_id);
CREATE TABLE commitment_attachments (
  commitment_id UUID NOT NULL REFERENCES commitments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  file_id UUID REFERENCES files (id),
  url TEXT,
  PRIMARY KEY (commitment_id, position)
);
CREATE INDEX commitment_attachments_of_file ON commitment_attachments (file_id);

ALTER TABLE agreements ADD COLUMN agenda_item_id UUID REFERENCES agenda_items (id) ON DELETE SET NULL;
CREATE INDEX agreements_of_agenda_item ON agreements (agenda_item_id);
CREATE INDEX agreements_by_status ON agreements (status, id);
CREATE TABLE agreement_attachments (
  agreement_id UUID NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  file_id UUID REFERENCES files (id),
  url TEXT,
  PRIMARY KEY (agreement_id, position)
);
CREATE INDEX agreement_attachments_of_file ON agreement_attachments (file_id);

ALTER TABLE agenda_items ADD COLUMN outcome TEXT;
ALTER TABLE meetings ADD COLUMN started_at TIMESTAMP;
ALTER TABLE meetings ADD COLUMN ended_at TIMESTAMP;
ALTER TABLE meetings ADD COLUMN "call" TEXT CHECK ("call" IN ('first', 'second'));
CREATE TABLE meeting_replies (
  meeting_id UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  reply TEXT NOT NULL CHECK (reply IN ('attends', 'excused')),
  person TEXT,
  note TEXT,
  replied_by UUID REFERENCES users (id),
  replied_at TIMESTAMP NOT NULL,
  PRIMARY KEY (meeting_id, institution_id)
);
CREATE INDEX meeting_replies_of_institution ON meeting_replies (institution_id);
CREATE INDEX meeting_replies_of_user ON meeting_replies (replied_by);
CREATE TABLE agenda_proposals (
  id UUID NOT NULL PRIMARY KEY,
  meeting_id UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'declined')),
  decision_reason TEXT,
  agenda_item_id UUID REFERENCES agenda_items (id) ON DELETE SET NULL,
  proposed_by UUID REFERENCES users (id),
  proposed_at TIMESTAMP NOT NULL,
  decided_by UUID REFERENCES users (id),
  decided_at TIMESTAMP,
  CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE INDEX agenda_proposals_of_meeting ON agenda_proposals (meeting_id, id);
CREATE INDEX agenda_proposals_of_institution ON agenda_proposals (institution_id);
CREATE INDEX agenda_proposals_of_item ON agenda_proposals (agenda_item_id);
CREATE INDEX agenda_proposals_of_proposer ON agenda_proposals (proposed_by);
CREATE INDEX agenda_proposals_of_decider ON agenda_proposals (decided_by);

-- Minutes: the code that is given at circulation, the term for comments, and what approval freezes.
ALTER TABLE minutes ADD COLUMN code TEXT;
ALTER TABLE minutes ADD COLUMN comments_until DATE;
-- The number of the newest frozen version; 0 before approval.
ALTER TABLE minutes ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE minutes ADD COLUMN approved_by UUID REFERENCES users (id);
ALTER TABLE minutes ADD COLUMN approved_in_meeting_id UUID REFERENCES meetings (id);
CREATE UNIQUE INDEX minutes_by_code ON minutes (code);
CREATE INDEX minutes_by_status ON minutes (status, meeting_id);
CREATE INDEX minutes_of_approver ON minutes (approved_by);
CREATE INDEX minutes_of_approval ON minutes (approved_in_meeting_id);
CREATE TABLE minutes_numbers (
  prefix TEXT NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last > 0)
);
CREATE TABLE minutes_comments (
  id UUID NOT NULL PRIMARY KEY,
  meeting_id UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  institution_id UUID NOT NULL REFERENCES institutions (id),
  author_id UUID REFERENCES users (id),
  on_behalf BOOLEAN NOT NULL,
  text TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX minutes_comments_of_meeting ON minutes_comments (meeting_id, id);
CREATE INDEX minutes_comments_of_institution ON minutes_comments (institution_id);
CREATE INDEX minutes_comments_of_author ON minutes_comments (author_id);
CREATE TABLE minutes_versions (
  meeting_id UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  at TIMESTAMP NOT NULL,
  user_id UUID REFERENCES users (id),
  -- The text of a rectification; null for the first version.
  text TEXT,
  approved_in_meeting_id UUID REFERENCES meetings (id),
  -- Canonical JSON of what the acta states, without and with restricted records.
  content TEXT NOT NULL,
  restricted_content TEXT,
  content_sha256 TEXT NOT NULL,
  frozen_on_upgrade BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (meeting_id, version)
);
CREATE INDEX minutes_versions_of_user ON minutes_versions (user_id);
CREATE INDEX minutes_versions_of_approval ON minutes_versions (approved_in_meeting_id);
CREATE TABLE minutes_files (
  meeting_id UUID NOT NULL,
  version INTEGER NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('main', 'restricted')),
  format TEXT NOT NULL CHECK (format IN ('md', 'docx', 'pdf')),
  lang TEXT NOT NULL CHECK (lang IN ('es', 'en')),
  sha256 TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (meeting_id, version, part, format, lang),
  FOREIGN KEY (meeting_id, version) REFERENCES minutes_versions (meeting_id, version) ON DELETE CASCADE
);

-- An activity that was sent back waits for its author.
ALTER TABLE activities ADD COLUMN returned_at TIMESTAMP;
ALTER TABLE activities ADD COLUMN returned_reason TEXT;

ALTER TABLE reminder_policies ADD COLUMN review_after_days INTEGER NOT NULL DEFAULT 7 CHECK (review_after_days > 0);
ALTER TABLE reminder_policies ADD COLUMN escalate_to_coordinator_after_days INTEGER NOT NULL DEFAULT 30 CHECK (escalate_to_coordinator_after_days >= 0);
ALTER TABLE reminder_policies ADD COLUMN meeting_reminder_days TEXT NOT NULL DEFAULT '1';

-- A mail about a record: it is dropped while it waits, and withdrawn after it was sent, when the record no longer holds.
ALTER TABLE deliveries ADD COLUMN record_kind TEXT;
ALTER TABLE deliveries ADD COLUMN record_id UUID;
CREATE INDEX deliveries_of_record ON deliveries (record_id);
CREATE TABLE notification_preferences (
  user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  timing TEXT NOT NULL CHECK (timing IN ('immediate', 'daily', 'weekly', 'off')),
  PRIMARY KEY (user_id, event)
);
-- Notifications that wait for the mail of the day or of the week.
CREATE TABLE notices (
  id UUID NOT NULL PRIMARY KEY,
  event TEXT NOT NULL,
  timing TEXT NOT NULL CHECK (timing IN ('daily', 'weekly')),
  recipient TEXT NOT NULL,
  user_id UUID NOT NULL REFERENCES users (id),
  country_code TEXT REFERENCES countries (code),
  record_kind TEXT NOT NULL,
  record_id UUID NOT NULL,
  payload TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  delivery_id UUID REFERENCES deliveries (id) ON DELETE SET NULL
);
CREATE INDEX notices_of_user ON notices (user_id, timing, id);
CREATE INDEX notices_of_record ON notices (record_id);
CREATE INDEX notices_of_delivery ON notices (delivery_id);
CREATE INDEX notices_of_country ON notices (country_code);
