-- A coordinator chooses the commissions of which the public view shows sessions, agreements and the state of commitments.
ALTER TABLE commissions ADD COLUMN public INTEGER NOT NULL DEFAULT 0 CHECK (public IN (0, 1));
