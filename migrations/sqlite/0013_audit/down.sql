-- Undoes 0013_audit: Every change: who, when, what, before and after; and the datasets' own keys. The audit log only ever grows.
DROP TABLE dataset_keys;
DROP TABLE audit_log;
