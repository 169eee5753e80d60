ALTER TABLE commissions DROP COLUMN public;
