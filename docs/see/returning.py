"""A change and its answer in one statement, against a change and a second look."""

from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg.rows import TupleRow

from tests.postgres_servers import embedded

Connection = psycopg.Connection[TupleRow]
TABLE = "CREATE TABLE tickets (id integer GENERATED ALWAYS AS IDENTITY, number integer NOT NULL)"
BEGIN = "INSERT INTO tickets (number) VALUES (0)"
NEXT = "UPDATE tickets SET number = number + 1"
LOOK = "SELECT number FROM tickets"


def main() -> None:
    """Let two people draw a number from one machine, at the same moment, in both ways."""
    with embedded("a show needs no more") as server, connect(server.url) as ada:
        ada.execute(TABLE)
        ada.execute(BEGIN)
        with connect(server.url) as bob:
            ada.execute(NEXT)
            bob.execute(NEXT)
            tell("UPDATE, then SELECT", one(ada, LOOK), one(bob, LOOK))
            drawn = one(ada, f"{NEXT} RETURNING number"), one(bob, f"{NEXT} RETURNING number")
            tell("UPDATE … RETURNING", *drawn)
        print("round trips of UPDATE, then SELECT:", round_trips(ada, NEXT, LOOK))
        print("round trips of UPDATE … RETURNING: ", round_trips(ada, f"{NEXT} RETURNING number"))
        print(
            "DELETE … RETURNING answers what is gone:", one(ada, "DELETE FROM tickets RETURNING id")
        )


def connect(url: str) -> Connection:
    """Return a connection on which each statement is a transaction."""
    return psycopg.connect(url, autocommit=True)


def tell(way: str, ada: object, bob: object) -> None:
    """Print what the two have drawn."""
    verdict = "the same" if ada == bob else "each their own"
    print(f"{way}: Ada draws {ada}, Bob draws {bob}: {verdict}")


def one(connection: Connection, statement: str) -> object:
    """Execute, and return the one value that is answered."""
    row = connection.execute(statement).fetchone()
    return row and row[0]


def round_trips(connection: Connection, *statements: str) -> int:
    """Count how often PostgreSQL says that it is ready, by libpq's own record."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "libpq.log")
        with log.open("w") as file:
            connection.pgconn.trace(file.fileno())
            for statement in statements:
                connection.execute(statement)
            connection.pgconn.untrace()
        return log.read_text().count("ReadyForQuery")


if __name__ == "__main__":
    main()
