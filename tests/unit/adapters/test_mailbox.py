"""The place for a page's news."""

from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Condition

import pytest
from pytest_mock import MockerFixture

from app.adapters.mailbox import Mailbox
from app.domain.live import NO_PAGE
from app.ports import CloseReason

# Seconds: who is woken has waited less than the one, who is not, all of the other.
SHORT, LONG = 5, 20


def test_gives_what_was_put_in() -> None:
    """News names the page that changed something."""
    mailbox = Mailbox()
    mailbox.put("page-1")

    assert mailbox.take(0) == "page-1"


def test_gives_news_once() -> None:
    """What was taken is gone."""
    mailbox = Mailbox()
    mailbox.put("page-1")
    mailbox.take(0)

    assert mailbox.take(0) is None


def test_has_room_for_one_piece_of_news() -> None:
    """A page that reads slowly learns once that several things have changed."""
    mailbox = Mailbox()
    for page_id in ("page-1", "page-2", "page-1"):
        mailbox.put(page_id)

    assert [mailbox.take(0), mailbox.take(0)] == [NO_PAGE, None]


def test_wakes_who_waits_for_news(waiting: SimpleQueue[None]) -> None:
    """News arrives at once, not when the wait is over."""
    mailbox = Mailbox()
    with ThreadPoolExecutor() as threads:
        taken = threads.submit(mailbox.take, LONG)
        waiting.get(timeout=SHORT)

        mailbox.put("page-1")

        assert taken.result(timeout=SHORT) == "page-1"


def test_wakes_who_waits_when_it_is_closed(waiting: SimpleQueue[None]) -> None:
    """Closing needs no news to be noticed."""
    mailbox = Mailbox()
    with ThreadPoolExecutor() as threads:
        taken = threads.submit(mailbox.take, LONG)
        waiting.get(timeout=SHORT)

        mailbox.close(CloseReason.SHUTTING_DOWN)

        assert taken.result(timeout=SHORT) is None
        assert mailbox.close_reason == CloseReason.SHUTTING_DOWN


@pytest.fixture
def waiting(mocker: MockerFixture) -> SimpleQueue[None]:
    """Return what is told as soon as somebody waits; it waits without a condition itself."""
    queue: SimpleQueue[None] = SimpleQueue()
    wait = Condition.wait

    def tell_and_wait(condition: Condition, timeout: float | None = None) -> bool:
        queue.put(None)
        return wait(condition, timeout)

    mocker.patch.object(Condition, "wait", tell_and_wait)
    return queue
