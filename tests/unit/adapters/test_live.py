"""Which pages are told what, once PostgreSQL has said it."""

import pytest
from pytest_mock import MockerFixture

from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.notifications import SIGNED_OUT, TODOS_CHANGED
from app.domain.errors import BusyError
from app.domain.live import Author
from app.ports import CloseReason
from tests.support.unit_factories import USER_ID

ADAS_PAGE, ADAS_OTHER_PAGE = Author(USER_ID, "page-1"), Author(USER_ID, "page-2")
BOBS_PAGE = Author(USER_ID + 1, "page-1")


@pytest.fixture
def live(mocker: MockerFixture) -> LiveUpdates:
    """Return live updates for two pages at most; nobody listens."""
    return LiveUpdates("", mocker.create_autospec(Database, instance=True), max_pages=2)


def test_tells_of_a_committed_change(live: LiveUpdates) -> None:
    """Each of a person's open pages learns which page changed something.

    Siblings: tests/integration/live/test_live_updates.py::test_tells_of_a_committed_change,
    tests/e2e/test_live.py::test_tells_of_a_committed_change.
    """
    mailboxes = [live.join(ADAS_PAGE), live.join(ADAS_OTHER_PAGE)]

    live.dispatch(TODOS_CHANGED, ADAS_PAGE)

    assert [mailbox.take(0) for mailbox in mailboxes] == ["page-1", "page-1"]


def test_tells_a_stranger_nothing(live: LiveUpdates) -> None:
    """Another person's page learns nothing, whatever it calls itself.

    Sibling: tests/e2e/test_live.py::test_tells_a_stranger_nothing.
    """
    mailbox = live.join(BOBS_PAGE)

    live.dispatch(TODOS_CHANGED, ADAS_PAGE)

    assert mailbox.take(0) is None


def test_signing_out_lets_that_page_go(live: LiveUpdates) -> None:
    """The page that signed out is closed, and the person's other one stays."""
    mailboxes = [live.join(ADAS_PAGE), live.join(ADAS_OTHER_PAGE)]

    live.dispatch(SIGNED_OUT, ADAS_PAGE)

    assert [mailbox.close_reason for mailbox in mailboxes] == [CloseReason.SIGNED_OUT, None]


def test_takes_no_more_pages_than_it_has_room_for(live: LiveUpdates) -> None:
    """Beyond the limit a page is refused, so that requests keep their threads."""
    live.join(ADAS_PAGE)
    live.join(BOBS_PAGE)

    with pytest.raises(BusyError):
        live.join(ADAS_OTHER_PAGE)


def test_a_page_that_is_gone_makes_room(live: LiveUpdates) -> None:
    """The limit counts the pages that are open."""
    live.leave(ADAS_PAGE, live.join(ADAS_PAGE))
    live.join(BOBS_PAGE)

    assert live.join(ADAS_OTHER_PAGE).close_reason is None


def test_a_page_that_is_gone_takes_no_other_along(live: LiveUpdates) -> None:
    """Two pages of one person are two, even under one name."""
    gone, still_there = live.join(ADAS_PAGE), live.join(ADAS_PAGE)
    live.leave(ADAS_PAGE, gone)

    live.dispatch(TODOS_CHANGED, ADAS_OTHER_PAGE)

    assert [gone.take(0), still_there.take(0)] == [None, "page-2"]


def test_stopping_lets_every_page_go(live: LiveUpdates) -> None:
    """A process that ends says so (1001), and the pages find another."""
    mailboxes = [live.join(ADAS_PAGE), live.join(BOBS_PAGE)]

    live.stop()

    assert [mailbox.close_reason for mailbox in mailboxes] == 2 * [CloseReason.SHUTTING_DOWN]


def test_takes_no_page_after_it_was_stopped(live: LiveUpdates) -> None:
    """A page that comes while the process ends is sent elsewhere."""
    live.stop()

    with pytest.raises(BusyError):
        live.join(ADAS_PAGE)


def test_a_program_that_signs_out_closes_no_page(mocker: MockerFixture) -> None:
    """Who has no page has none to close, so PostgreSQL is not bothered."""
    database = mocker.create_autospec(Database, instance=True)

    LiveUpdates("", database, max_pages=2).sign_out(Author(USER_ID))

    database.run.assert_not_called()
