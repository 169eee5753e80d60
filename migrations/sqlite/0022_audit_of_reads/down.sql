-- Undoes 0022_audit_of_reads: From where somebody acted, and refused sign-ins that are counted before they become an entry of the audit log.
DROP TABLE refused_sign_ins;
DROP INDEX audit_log_by_client;
ALTER TABLE audit_log DROP COLUMN client;
