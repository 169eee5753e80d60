-- Undoes 0010_activities: The registry: what institutions and commissions did.
DROP TABLE activity_evidence;
DROP TABLE activity_commitments;
DROP TABLE activity_plan_items;
DROP TABLE activity_partners;
DROP TABLE activity_organizers;
DROP TABLE activity_territories;
DROP TABLE activity_themes;
DROP TABLE activity_commissions;
DROP TABLE activities;
