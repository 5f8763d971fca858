"""Two roles: the owner of the tables migrates, and the service has one that only handles rows.

The role is made as an operator makes it, by psql from deploy/roles.sql.
"""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from app.adapters.migrations import migrate
from tests.support.paths import ROOT
from tests.support.postgres_programs import run
from tests.support.resilience_service import ResilienceService

pytestmark = pytest.mark.slow

ROLES = ROOT / "deploy" / "roles.sql"
PASSWORD = "lettersanddigits1"


@pytest.fixture
def role_url(empty_url: str, db: psycopg.Connection[TupleRow]) -> Iterator[str]:
    """Name the role in the URL of an empty database; it is removed after the test."""
    yield f"postgresql://todos_service:{PASSWORD}@{empty_url.partition('@')[2]}"
    with psycopg.connect(empty_url) as connection:
        connection.execute("DROP OWNED BY todos_service")
    db.execute("DROP ROLE todos_service")


@pytest.fixture
def service_url(empty_url: str, role_url: str) -> str:
    """Migrate as the owner, and create the role."""
    migrate(empty_url)
    run("psql", "--no-psqlrc", f"--file={ROLES}", empty_url, SERVICE_PASSWORD=PASSWORD)
    return role_url


def test_serves_with_a_role_that_only_handles_rows(
    start_service: Callable[..., ResilienceService], service_url: str
) -> None:
    """Signing up, signing in, reading, writing and live updates need no more.

    The test is slow: it starts the service.
    """
    service = start_service(service_url)
    ada = service.new_user()

    page = service.open_page(ada)

    added = service.add(ada)
    changed = service.request("PATCH", f"/api/todos/{added.json()['id']}", ada, json={"order": 2})
    cleared = service.request("DELETE", "/api/todos", ada)

    assert [added.status_code, changed.status_code, cleared.status_code] == [201, 200, 204]
    assert page.next_update() == ""
    page.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id int)",
        "DROP TABLE todos",
        "ALTER TABLE todos DROP COLUMN title",
        "TRUNCATE attempts",
        "DELETE FROM users",
        "INSERT INTO migrations VALUES ('0009_mine.sql')",
        "SELECT passwd FROM pg_shadow",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE ROLE another",
    ],
)
def test_the_role_can_do_nothing_else(service_url: str, statement: str) -> None:
    """Whoever gets SQL past the service reaches no table's definition and nothing beside them."""
    with psycopg.connect(service_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


def test_the_role_reads_no_other_table(empty_url: str, service_url: str) -> None:
    """A table that the owner keeps beside those of the service is none of its business."""
    with psycopg.connect(empty_url) as owner:
        owner.execute("CREATE TABLE salaries (amount int)")

    with psycopg.connect(service_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("SELECT * FROM salaries")


def test_the_roles_may_be_created_again(empty_url: str, service_url: str) -> None:
    """Each deployment runs the file again, and it sets the password of that time."""
    run("psql", "--no-psqlrc", f"--file={ROLES}", empty_url, SERVICE_PASSWORD="another2")

    with psycopg.connect(service_url.replace(PASSWORD, "another2")) as connection:
        assert connection.execute("SELECT count(*) FROM todos").fetchone() == (0,)
