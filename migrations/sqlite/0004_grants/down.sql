-- Undoes 0004_grants: What each person is allowed to be: a role within a country, a commission or an institution.
DROP TABLE idempotency_keys;
DROP TABLE sign_in_failures;
DROP TABLE one_time_tokens;
DROP TABLE refresh_tokens;
DROP TABLE grants;
