CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Always in lower case, so that UNIQUE compares without case.
    email text NOT NULL UNIQUE CHECK (email = lower(email COLLATE "C")),
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL
);
