-- Removes the search in sessions, agendas, minutes, items of plans, observations and reports.
DROP INDEX meetings_search;
DROP INDEX agenda_items_search;
DROP INDEX minutes_search;
DROP INDEX plan_items_search;
DROP INDEX observations_search;
DROP INDEX updates_search;
