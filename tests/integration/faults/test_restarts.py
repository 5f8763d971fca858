"""PostgreSQL or the service ends under load: what was acknowledged is there afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.integration.faults.server import Server
from tests.integration.faults.service import Person, Service
from tests.integration.faults.writers import Writers

pytestmark = pytest.mark.slow

MANY = 40
UNTIL_REFUSED = 3
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


def titles(service: Service, person: Person) -> list[object]:
    """Return the titles of the person's todos."""
    return [todo["title"] for todo in service.list(person)]


def all_at_once(service: Service, person: Person) -> set[int]:
    """Ask for the list many times at once and return the statuses of the answers."""
    with ThreadPoolExecutor(MANY) as crowd:
        asked = [crowd.submit(service.ask, "GET", "/api/todos", person) for _ in range(5 * MANY)]
    return {request.result().status_code for request in asked}


@pytest.mark.parametrize("end", [Server.stop, Server.crash], ids=["stopped", "crashed"])
def test_keeps_what_it_acknowledged_when_the_database_restarts(
    end: Callable[[Server], None], server: Server, service: Service, ada: Person
) -> None:
    """Writes on either side of a restart are answered in time, and none that was confirmed is lost.

    The test is slow: it stops and starts PostgreSQL.
    """
    with Writers(service, ada) as writers:
        writers.wait_for_more()
        end(server)
        server.start()
        writers.wait_for_more()

    kept = titles(service, ada)
    assert set(writers.acknowledged) <= set(kept)
    assert len(set(kept)) == len(kept)
    assert {201, 503} >= {answer.status for answer in writers.answers}
    assert max(answer.seconds for answer in writers.answers) < UNTIL_REFUSED


def test_keeps_what_it_acknowledged_when_it_is_killed(service: Service, ada: Person) -> None:
    """After kill -9 of every process of the service, each todo that it confirmed is there.

    The test is slow: it starts the service twice.
    """
    with Writers(service, ada) as writers:
        writers.wait_for_more()
        service.kill()

    service.start()

    kept = titles(service, ada)
    assert set(writers.acknowledged) <= set(kept)
    assert len(set(kept)) == len(kept)


def test_no_request_pays_for_a_restart(server: Server, service: Service, ada: Person) -> None:
    """Once pages were told of a restart, every connection that it ended has been replaced.

    The test is slow: it stops and starts PostgreSQL.
    """
    all_at_once(service, ada)
    with psycopg.connect(server.url) as connection:
        assert connection.execute(CONNECTIONS).fetchall() > [(5,)]
    page = service.open_page(ada)
    server.stop()
    server.start()
    assert page.next_news() == ""
    page.vanish()

    statuses = all_at_once(service, ada)

    assert {200} == statuses
