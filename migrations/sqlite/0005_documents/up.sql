-- Uploaded files; their bytes live in the file store, named by their id.
CREATE TABLE files (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  sha256 TEXT NOT NULL,
  uploaded_by BLOB NOT NULL REFERENCES users (id),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX files_of_uploader ON files (uploaded_by);
