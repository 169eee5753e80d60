-- Undoes 0008_plans: Roadmaps, strategies and their items; observations that feed the report.
DROP TABLE observation_commissions;
DROP TABLE observation_plan_items;
DROP TABLE observation_themes;
DROP TABLE observations;
DROP TABLE plan_item_responsibles;
DROP TABLE plan_items;
DROP TABLE plan_commissions;
DROP TABLE plans;
