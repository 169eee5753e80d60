-- The secret address of each person's calendar feed (its hash alone), and terms from a day on.
CREATE TABLE calendar_tokens (
  user_id UUID NOT NULL PRIMARY KEY REFERENCES users (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX assignments_by_due ON assignments (due_to, commitment_id);
