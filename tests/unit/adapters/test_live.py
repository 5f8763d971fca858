"""Which open pages of this process get a message."""

import pytest
from pytest_mock import MockerFixture

from app.adapters import live as adapter
from app.adapters.connection import BoundedConnection
from app.adapters.database import Database
from app.adapters.live import LiveUpdates
from app.adapters.notifications import SIGNED_OUT, TODOS_CHANGED
from app.domain.errors import BusyError, TooManyPagesError
from app.domain.live import Author
from app.ports import CloseReason
from tests.support.factories import USER_ID
from tests.support.fakes import UnconnectedDatabase
from tests.support.waiting import wait_until

ADAS_PAGE, ADAS_OTHER_PAGE = Author(USER_ID, "page-1"), Author(USER_ID, "page-2")
BOBS_PAGE = Author(USER_ID + 1, "page-1")


@pytest.fixture
def live() -> LiveUpdates:
    """Serve two pages at most; no thread listens, so a test calls `dispatch` itself."""
    return LiveUpdates("", UnconnectedDatabase(), max_pages=2)


def test_tells_of_a_committed_change(live: LiveUpdates) -> None:
    """Every open page of the user learns which page made the change.

    Siblings: tests/integration/live/test_live_updates.py::test_tells_of_a_committed_change,
    tests/e2e/test_live.py::test_tells_of_a_committed_change.
    """
    mailboxes = [live.join(ADAS_PAGE), live.join(ADAS_OTHER_PAGE)]

    live.dispatch(TODOS_CHANGED, ADAS_PAGE)

    assert [mailbox.take(0) for mailbox in mailboxes] == ["page-1", "page-1"]


def test_tells_other_users_nothing(live: LiveUpdates) -> None:
    """A page of another user gets no message, even if it has the same page id.

    Sibling: tests/integration/live/test_live_updates.py::test_tells_other_users_nothing.
    """
    mailbox = live.join(BOBS_PAGE)

    live.dispatch(TODOS_CHANGED, ADAS_PAGE)

    assert mailbox.take(0) is None


def test_signing_out_closes_that_page_alone(live: LiveUpdates) -> None:
    """The user's other page has a session of its own, perhaps on another device."""
    mailboxes = [live.join(ADAS_PAGE), live.join(ADAS_OTHER_PAGE)]

    live.dispatch(SIGNED_OUT, ADAS_PAGE)

    assert [mailbox.close_reason for mailbox in mailboxes] == [CloseReason.SIGNED_OUT, None]


def test_refuses_pages_beyond_the_limit(live: LiveUpdates) -> None:
    """Each open page occupies a thread, and requests need threads too."""
    live.join(ADAS_PAGE)
    live.join(BOBS_PAGE)

    with pytest.raises(BusyError):
        live.join(ADAS_OTHER_PAGE)


@pytest.mark.parametrize(("max_pages", "pages"), [(16, 4), (8, 4), (40, 10)])
def test_one_account_has_a_quarter_of_the_pages(max_pages: int, pages: int) -> None:
    """One person with many tabs leaves room for others; with few places, four tabs are allowed."""
    live = LiveUpdates("", UnconnectedDatabase(), max_pages=max_pages)
    for _ in range(pages):
        live.join(ADAS_PAGE)

    with pytest.raises(TooManyPagesError):
        live.join(ADAS_OTHER_PAGE)

    assert live.join(BOBS_PAGE).close_reason is None


def test_a_page_that_leaves_makes_room(live: LiveUpdates) -> None:
    """The limit is for pages that are open at the same time."""
    live.leave(ADAS_PAGE, live.join(ADAS_PAGE))
    live.join(BOBS_PAGE)

    assert live.join(ADAS_OTHER_PAGE).close_reason is None


def test_a_page_that_leaves_takes_no_other_along(live: LiveUpdates) -> None:
    """A duplicated tab has the page id of the first, and must not disconnect it."""
    first, second = live.join(ADAS_PAGE), live.join(ADAS_PAGE)
    live.leave(ADAS_PAGE, first)

    live.dispatch(TODOS_CHANGED, ADAS_OTHER_PAGE)

    assert first.take(0) is None
    assert second.take(0) == "page-2"


def test_stopping_closes_every_page(live: LiveUpdates) -> None:
    """The reason becomes close code 1001, after which a page connects to another process."""
    mailboxes = [live.join(ADAS_PAGE), live.join(BOBS_PAGE)]

    live.stop()

    assert [mailbox.close_reason for mailbox in mailboxes] == 2 * [CloseReason.SHUTTING_DOWN]


def test_refuses_pages_after_it_was_stopped(live: LiveUpdates) -> None:
    """A page that connects during the shutdown would otherwise stay open and delay it."""
    live.stop()

    with pytest.raises(BusyError):
        live.join(ADAS_PAGE)


def test_a_program_that_signs_out_closes_no_page(mocker: MockerFixture) -> None:
    """Without a page id there is no page to close, so PostgreSQL need not be available."""
    database = mocker.create_autospec(Database, instance=True)

    LiveUpdates("", database, max_pages=2).sign_out(Author(USER_ID))

    database.run.assert_not_called()


def test_listens_again_whatever_went_wrong(live: LiveUpdates, mocker: MockerFixture) -> None:
    """An error that is not psycopg's does not end live updates until the next start."""
    connect = mocker.patch.object(BoundedConnection, "connect", autospec=True)
    connect.side_effect = OSError("too many open files")
    mocker.patch.object(adapter, "RETRY_SECONDS", 0.001)

    live.start()

    wait_until(lambda: connect.call_count > 1)
    live.stop()
