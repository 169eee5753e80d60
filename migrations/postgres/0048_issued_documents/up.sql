-- Documents that were sent: their content in both languages, and their files. What was sent never changes.
CREATE TABLE issued_documents (
  meeting_id UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('convocation', 'follow_up')),
  -- 'all', or the id of a commission for those who may know only that one.
  part TEXT NOT NULL,
  version INTEGER NOT NULL,
  at TIMESTAMP NOT NULL,
  user_id UUID REFERENCES users (id),
  content TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  rendered BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (meeting_id, kind, part, version)
);
CREATE INDEX issued_documents_unrendered ON issued_documents (at) WHERE NOT rendered;
CREATE INDEX issued_documents_by_user ON issued_documents (user_id);
CREATE TABLE issued_files (
  meeting_id UUID NOT NULL,
  kind TEXT NOT NULL,
  part TEXT NOT NULL,
  version INTEGER NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('md', 'docx', 'pdf')),
  lang TEXT NOT NULL CHECK (lang IN ('es', 'en')),
  sha256 TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (meeting_id, kind, part, version, format, lang),
  FOREIGN KEY (meeting_id, kind, part, version) REFERENCES issued_documents (meeting_id, kind, part, version) ON DELETE CASCADE
);
