"""PostgreSQL or the service ends under load: what was acknowledged is there afterwards."""

from collections.abc import Callable

import psutil
import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.resilience_service import Person, Service, all_at_once
from tests.support.restartable_postgres import Server
from tests.support.waiting import wait_until
from tests.support.writers import Writers

pytestmark = pytest.mark.slow

UNTIL_REFUSED, UNTIL_REPLACED = 3, 5
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


def titles(service: Service, person: Person) -> list[object]:
    """Return the titles of the person's todos."""
    return [todo["title"] for todo in service.list(person)]


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
    assert len(kept) == len(set(kept))
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
    assert len(kept) == len(set(kept))


def test_goes_on_without_one_of_its_processes(start_service: Callable[..., Service]) -> None:
    """After kill -9 of one of its processes the other answers alone, until it has been replaced.

    The test is slow: it starts the service.
    """
    service = start_service(PROCESSES="2")
    ada = service.new_person()
    main = psutil.Process(service.process.pid)
    wait_until(lambda: len(main.children()) == 2, seconds=UNTIL_REPLACED)
    lost, kept = main.children()

    lost.kill()

    assert all_at_once(service, ada) == {200}
    wait_until(lambda: {kept} < {*main.children()} - {lost}, seconds=UNTIL_REPLACED)


def test_no_request_pays_for_a_restart(
    server: Server, service: Service, ada: Person, db: psycopg.Connection[TupleRow]
) -> None:
    """Once pages were told of a restart, every connection that it ended has been replaced.

    The test is slow: it stops and starts PostgreSQL.
    """
    all_at_once(service, ada)
    assert db.execute(CONNECTIONS).fetchall() > [(5,)]
    page = service.open_page(ada)
    server.stop()
    server.start()
    assert page.next_news() == ""
    page.vanish()

    statuses = all_at_once(service, ada)

    assert statuses == {200}
