-- A coordinator chooses the commissions of which the public view shows sessions, agreements and the state of commitments.
ALTER TABLE commissions ADD COLUMN public BOOLEAN NOT NULL DEFAULT FALSE;
