-- A browser has a random token in a cookie; its hash finds the session.
ALTER TABLE sessions ADD COLUMN cookie_hash TEXT;
CREATE UNIQUE INDEX sessions_by_cookie ON sessions (cookie_hash) WHERE cookie_hash IS NOT NULL;
-- Texts of forms that were not sent: kept while they are written, or because the session had ended.
CREATE TABLE saved_drafts (
  user_id BLOB NOT NULL REFERENCES users (id),
  page TEXT NOT NULL,
  fields TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (user_id, page)
) STRICT;
CREATE INDEX saved_drafts_by_age ON saved_drafts (saved_at);
