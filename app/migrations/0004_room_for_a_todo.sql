-- Locks the owner, so that additions to one list count one after another. Only a function counts what
-- the one before it committed: the statement that calls it sees what was there when it began.
CREATE FUNCTION has_room(owner bigint, max_todos integer) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT FROM users WHERE id = owner FOR NO KEY UPDATE;
    SELECT count(*) < max_todos
    FROM (SELECT FROM todos WHERE user_id = owner LIMIT max_todos) AS counted;
$$;
