-- The role with which the service connects: it reads and writes rows, and cannot change a table.
-- Run it after each `python -m app.migrate`, as the owner of the tables, with psql 15 or later:
--   SERVICE_PASSWORD=... psql -f deploy/roles.sql "$OWNER_URL"
\set ON_ERROR_STOP on
\getenv password SERVICE_PASSWORD

SELECT 'CREATE ROLE todos_service LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'todos_service') \gexec
ALTER ROLE todos_service PASSWORD :'password';

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON todos, attempts TO todos_service;
-- UPDATE is needed to lock a user's row; no account is ever deleted.
GRANT SELECT, INSERT, UPDATE ON users TO todos_service;
GRANT SELECT ON migrations TO todos_service;
