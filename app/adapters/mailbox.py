"""Where news for one open page waits: one message at most, however slowly the page reads."""

from threading import Condition

from app.domain.live import merged


class Mailbox:
    """Filled by the process's listener, emptied by the thread that serves the page."""

    def __init__(self) -> None:
        """Begin empty and open."""
        self._changed = Condition()
        self._page_id: str | None = None
        self._close_code: int | None = None

    @property
    def close_code(self) -> int | None:
        """The WebSocket close code (RFC 6455, section 7.4) when the page shall go, else None."""
        return self._close_code

    def put(self, page_id: str) -> None:
        """Say that a page changed something, or one that has no name."""
        with self._changed:
            self._page_id = merged(self._page_id, page_id)
            self._changed.notify()

    def close(self, code: int) -> None:
        """Say that the page shall be let go."""
        with self._changed:
            self._close_code = code
            self._changed.notify()

    def take(self, seconds: float) -> str | None:
        """Wait so long at most; return the id of the page that changed something, or None."""
        with self._changed:
            self._changed.wait_for(self._has_news, seconds)
            page_id, self._page_id = self._page_id, None
        return page_id

    def _has_news(self) -> bool:
        return self._page_id is not None or self._close_code is not None
