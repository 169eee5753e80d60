-- PostgreSQL puts new assignments on the agenda with one statement for all of them. SQLite has triggers for single rows only.
SELECT 1;
