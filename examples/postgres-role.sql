-- Creates the role of the program when the volume of the database is new (docker-compose.yml). The role owns the database
-- and is no superuser; the superuser keeps no password and signs in only inside the container.
\getenv password POSTGRES_PASSWORD
CREATE ROLE articula LOGIN PASSWORD :'password';
ALTER DATABASE articula OWNER TO articula;
REVOKE CONNECT ON DATABASE articula FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
