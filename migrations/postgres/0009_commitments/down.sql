-- Undoes 0009_commitments: Commitments, each institution's own assignment, its updates with evidence, reviews and extensions, and the history of it all.
DROP TABLE commitment_events;
DROP TABLE extensions;
DROP TABLE update_evidence;
DROP TABLE updates;
DROP TABLE assignments;
DROP TABLE commitment_dependencies;
DROP TABLE commitment_beneficiaries;
DROP TABLE commitment_plan_items;
DROP TABLE commitment_themes;
DROP TABLE commitment_commissions;
DROP TABLE commitments;
DROP TABLE commitment_numbers;
DROP FUNCTION commitment_events_only_grows();
