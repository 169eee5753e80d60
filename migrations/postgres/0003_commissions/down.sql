-- Undoes 0003_commissions: Commissions, who sits in them and since when, who speaks for whom, and how often mail reminds them.
DROP TABLE reminder_policies;
DROP TABLE delegates;
DROP TABLE memberships;
DROP TABLE operational_states;
DROP TABLE commission_legal_bases;
DROP TABLE commission_themes;
DROP TABLE commission_aliases;
DROP TABLE commissions;
DROP FUNCTION refuse_overlapping_memberships();
