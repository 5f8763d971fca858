"""PostgreSQL or the service ends under load, and no acknowledged write is lost."""

from collections.abc import Callable

import psutil
import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.resilience_service import ResilienceService, User
from tests.support.restartable_postgres import RestartablePostgres
from tests.support.waiting import MEASURING_SECONDS, wait_until
from tests.support.writers import Writers

pytestmark = pytest.mark.slow

ANSWER_SECONDS = 3
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


def titles(service: ResilienceService, user: User) -> list[object]:
    """Return the titles of the user's todos."""
    return [todo["title"] for todo in service.list(user)]


@pytest.mark.parametrize(
    "end", [RestartablePostgres.stop, RestartablePostgres.crash], ids=["stopped", "crashed"]
)
def test_loses_no_acknowledged_write_when_postgresql_restarts(
    end: Callable[[RestartablePostgres], None],
    postgres: RestartablePostgres,
    service: ResilienceService,
    ada: User,
) -> None:
    """Writes before, during and after a restart are answered in time, and each 201 is kept.

    The test is slow: it stops and starts PostgreSQL.
    """
    with Writers(service, ada) as writers:
        writers.wait_for_more()
        end(postgres)
        postgres.start()
        writers.wait_for_more()

    kept = titles(service, ada)
    assert set(writers.acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert {answer.status for answer in writers.answers} <= {201, 503}
    assert max(answer.seconds for answer in writers.answers) < ANSWER_SECONDS + MEASURING_SECONDS


def test_loses_no_acknowledged_write_when_it_is_killed(
    service: ResilienceService, ada: User
) -> None:
    """After SIGKILL of the service and its workers, each todo that was answered with 201 is there.

    The test is slow: it starts the service twice.
    """
    with Writers(service, ada) as writers:
        writers.wait_for_more()
        service.kill()

    service.start()

    kept = titles(service, ada)
    assert set(writers.acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))


def test_replaces_a_killed_worker(start_service: Callable[..., ResilienceService]) -> None:
    """When one of two workers is killed, the other answers every request until it is replaced.

    The test is slow: it starts the service.
    """
    service = start_service(PROCESSES="2")
    ada = service.new_user()
    main = psutil.Process(service.process.pid)
    wait_until(lambda: len(main.children()) == 2)
    lost, kept = main.children()

    lost.kill()

    assert service.list_concurrently(ada) == {200}
    wait_until(lambda: {kept} < {*main.children()} - {lost})


def test_no_request_fails_after_postgresql_restarted(
    postgres: RestartablePostgres,
    service: ResilienceService,
    ada: User,
    db: psycopg.Connection[TupleRow],
) -> None:
    """As soon as pages are told to fetch again, no connection in the pool is broken.

    The pool hands out its connections in turn, so 20 requests use each of the 10 twice.
    The test is slow: it stops and starts PostgreSQL.
    """
    service.list_concurrently(ada)
    assert db.execute(CONNECTIONS).fetchall() > [(5,)]
    page = service.open_page(ada)
    postgres.stop()
    postgres.start()
    assert page.next_update() == ""
    page.drop()

    statuses = {service.request("GET", "/api/todos", ada).status_code for _ in range(20)}

    assert statuses == {200}
