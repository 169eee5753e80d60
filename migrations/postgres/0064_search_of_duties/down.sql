DROP INDEX duties_search;
