-- People, their sessions, one-time links, throttling of sign-in, and remembered answers of repeated POSTs.
CREATE TABLE users (
  id UUID NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('es', 'en')),
  institution_id UUID REFERENCES institutions (id),
  password_hash TEXT,
  disabled BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE INDEX users_of_institution ON users (institution_id);
