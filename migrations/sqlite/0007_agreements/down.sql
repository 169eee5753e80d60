-- Undoes 0007_agreements: What commissions decide, and what they sign with others.
DROP TABLE agreements_search;
DROP TABLE agreement_parties;
DROP TABLE agreement_themes;
DROP TABLE agreement_commissions;
DROP TABLE agreements;
