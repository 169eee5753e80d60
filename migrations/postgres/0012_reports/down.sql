-- Undoes 0012_reports: Annual progress reports: one row a report, one a question that has been drafted or edited.
DROP TABLE report_answers;
DROP TABLE reports;
