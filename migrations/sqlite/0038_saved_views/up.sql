-- Filters of the list of commitments that a person named, as a query string.
CREATE TABLE saved_views (
  user_id BLOB NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (user_id, name)
) STRICT;
