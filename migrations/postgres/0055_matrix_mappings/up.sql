-- The columns of a commission's matrices that somebody named by hand: headings or letters, and the content of each.
CREATE TABLE matrix_mappings (
  commission_id UUID PRIMARY KEY REFERENCES commissions (id) ON DELETE CASCADE,
  mapping TEXT NOT NULL
);
