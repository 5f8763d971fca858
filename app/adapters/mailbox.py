"""Where a message for one open page waits: one at most, however slowly the page reads."""

from threading import Condition

from typing_extensions import override

from app import ports
from app.domain.live import coalesce
from app.ports import CloseReason


class Mailbox(ports.Mailbox):
    """Filled by the process's listener, emptied by the thread that serves the page."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._page_id: str | None = None
        self._close_reason: CloseReason | None = None

    @property
    @override
    def close_reason(self) -> CloseReason | None:
        return self._close_reason

    def put(self, page_id: str) -> None:
        """Announce a change by the page with this id, or NO_PAGE."""
        with self._changed:
            self._page_id = coalesce(self._page_id, page_id)
            self._changed.notify()

    def close(self, reason: CloseReason) -> None:
        """Announce that the page's connection is to be closed."""
        with self._changed:
            self._close_reason = reason
            self._changed.notify()

    @override
    def take(self, seconds: float) -> str | None:
        with self._changed:
            self._changed.wait_for(
                lambda: self._page_id is not None or self._close_reason is not None, seconds
            )
            page_id, self._page_id = self._page_id, None
        return page_id
