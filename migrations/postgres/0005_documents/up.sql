-- Uploaded files; their bytes live in the file store, named by their id.
CREATE TABLE files (
  id UUID NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size >= 0),
  sha256 TEXT NOT NULL,
  uploaded_by UUID NOT NULL REFERENCES users (id),
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX files_of_uploader ON files (uploaded_by);
