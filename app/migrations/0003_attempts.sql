CREATE TABLE attempts (
    key text PRIMARY KEY,
    attempts integer NOT NULL CHECK (attempts >= 0),
    started_at timestamptz NOT NULL
);

CREATE INDEX attempts_by_age ON attempts (started_at);
