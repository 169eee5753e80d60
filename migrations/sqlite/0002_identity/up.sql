-- People, their sessions, one-time links, throttling of sign-in, and remembered answers of repeated POSTs.
CREATE TABLE users (
  id BLOB NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('es', 'en')),
  institution_id BLOB REFERENCES institutions (id),
  password_hash TEXT,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX users_of_institution ON users (institution_id);
