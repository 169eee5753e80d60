DROP TABLE duty_waivers;
DROP TABLE duty_reviews;
DROP TABLE duty_report_evidence;
DROP TABLE duty_reports;
DROP TABLE duty_fields;
DROP TABLE duty_institutions;
DROP TABLE duty_commissions;
DROP TABLE duties;
