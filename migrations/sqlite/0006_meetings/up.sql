-- Sessions of one or several commissions: agenda, attendance, minutes, documents.
CREATE TABLE meetings (
  id BLOB NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  lead_commission_id BLOB NOT NULL REFERENCES commissions (id),
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'extraordinary', 'inaugural', 'working', 'event')),
  title TEXT NOT NULL,
  starts_at TEXT,
  ends_at TEXT,
  held TEXT,
  held_from TEXT NOT NULL,
  held_to TEXT NOT NULL,
  time_zone TEXT,
  ordinal INTEGER CHECK (ordinal > 0),
  modality TEXT CHECK (modality IN ('in_person', 'online', 'hybrid')),
  place TEXT,
  url TEXT,
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'held', 'cancelled')),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  convened_at TEXT,
  sequence INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (starts_at IS NOT NULL OR held IS NOT NULL),
  CHECK (ends_at IS NULL OR starts_at <= ends_at),
  CHECK (held_from <= held_to)
) STRICT;
CREATE INDEX meetings_by_day ON meetings (held_to, id);
CREATE INDEX meetings_by_country ON meetings (country_code, held_to, id);
CREATE INDEX meetings_by_status ON meetings (status, held_to, id);
CREATE INDEX meetings_of_lead ON meetings (lead_commission_id);
CREATE TABLE meeting_commissions (
  meeting_id BLOB NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id BLOB NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (meeting_id, commission_id)
) STRICT;
CREATE INDEX meeting_commissions_by_commission ON meeting_commissions (commission_id, meeting_id);
CREATE TABLE agenda_items (
  id BLOB NOT NULL PRIMARY KEY,
  meeting_id BLOB NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('information', 'discussion', 'decision', 'follow_up')),
  presenter TEXT,
  commission_id BLOB REFERENCES commissions (id),
  UNIQUE (meeting_id, position)
) STRICT;
CREATE INDEX agenda_items_by_commission ON agenda_items (commission_id);
CREATE TABLE attendances (
  id BLOB NOT NULL PRIMARY KEY,
  meeting_id BLOB NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id BLOB NOT NULL REFERENCES institutions (id),
  status TEXT NOT NULL CHECK (status IN ('present', 'absent', 'excused')),
  capacity TEXT CHECK (capacity IN ('principal', 'alternate', 'guest')),
  person TEXT,
  arrived_at TEXT,
  left_at TEXT,
  UNIQUE (meeting_id, position),
  CHECK (arrived_at IS NULL OR left_at IS NULL OR arrived_at <= left_at)
) STRICT;
CREATE INDEX attendances_by_institution ON attendances (institution_id, meeting_id);
CREATE TABLE minutes (
  meeting_id BLOB NOT NULL PRIMARY KEY REFERENCES meetings (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('draft', 'circulated', 'approved')),
  body TEXT NOT NULL,
  circulated_at TEXT,
  approved_at TEXT,
  updated_at TEXT NOT NULL,
  CHECK ((status = 'approved') = (approved_at IS NOT NULL))
) STRICT;
CREATE TABLE meeting_documents (
  id BLOB NOT NULL PRIMARY KEY,
  meeting_id BLOB NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('signed_minutes', 'annex', 'addendum', 'proceedings', 'other')),
  file_id BLOB REFERENCES files (id),
  url TEXT,
  dated TEXT,
  dated_from TEXT,
  dated_to TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (file_id IS NOT NULL OR url IS NOT NULL)
) STRICT;
CREATE INDEX meeting_documents_of_meeting ON meeting_documents (meeting_id, id);
CREATE INDEX meeting_documents_of_file ON meeting_documents (file_id);
