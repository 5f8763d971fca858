"""The mailbox, in which a message for one open page waits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Condition, Event

import pytest
from pytest_mock import MockerFixture

from app.adapters.mailbox import Mailbox
from app.domain.live import NO_PAGE
from app.ports import CloseReason

# Seconds: a thread that is not woken waits for LONG, and the test fails after SHORT.
SHORT, LONG = 5, 20


@pytest.fixture
def waiting(mocker: MockerFixture) -> Event:
    """Become set when a thread waits at a mailbox.

    The thread still holds the lock at that moment, so `put` and `close` come after it waits.
    """
    waiting = Event()

    class ObservedCondition(Condition):
        def wait(self, timeout: float | None = None) -> bool:
            waiting.set()
            return super().wait(timeout)

    mocker.patch("app.adapters.mailbox.Condition", ObservedCondition)
    return waiting


def test_a_message_names_the_page_that_made_a_change() -> None:
    """A page recognises its own changes by it, and need not fetch the list again."""
    mailbox = Mailbox()
    mailbox.put("page-1")

    assert mailbox.take(0) == "page-1"


def test_a_message_is_taken_once() -> None:
    """After that, the mailbox is empty again."""
    mailbox = Mailbox()
    mailbox.put("page-1")
    mailbox.take(0)

    assert mailbox.take(0) is None


def test_holds_one_message_at_most() -> None:
    """A page that reads slowly costs no memory: it has to fetch the list only once anyway."""
    mailbox = Mailbox()
    for page_id in ("page-1", "page-2", "page-1"):
        mailbox.put(page_id)

    messages = [mailbox.take(0), mailbox.take(0)]

    assert messages == [NO_PAGE, None]


def test_a_message_wakes_the_waiting_thread(waiting: Event) -> None:
    """The message arrives at once, not when the wait has reached its timeout."""
    mailbox = Mailbox()
    with ThreadPoolExecutor() as threads:
        taken = threads.submit(mailbox.take, LONG)
        waiting.wait(SHORT)

        mailbox.put("page-1")

        assert taken.result(timeout=SHORT) == "page-1"


def test_closing_wakes_the_waiting_thread(waiting: Event) -> None:
    """The thread need not wait for a message to learn that its page's connection has to end."""
    mailbox = Mailbox()
    with ThreadPoolExecutor() as threads:
        taken = threads.submit(mailbox.take, LONG)
        waiting.wait(SHORT)

        mailbox.close(CloseReason.SHUTTING_DOWN)

        assert taken.result(timeout=SHORT) is None
        assert mailbox.close_reason == CloseReason.SHUTTING_DOWN
