"""Tells the open pages of this process which changes PostgreSQL committed: LISTEN and NOTIFY."""

import logging
from collections import defaultdict
from threading import Event, Lock, Thread

from typing_extensions import override

from app import ports
from app.adapters.connection import OPTIONS, BoundedConnection
from app.adapters.database import Database
from app.adapters.mailbox import Mailbox
from app.adapters.notifications import SIGNED_OUT, TODOS_CHANGED, decode, encode
from app.domain.errors import BusyError, TooManyPagesError
from app.domain.live import NO_PAGE, Author
from app.ports import CloseReason

log = logging.getLogger(__name__)

# One account may have this part of a process's pages, but always a few.
ACCOUNT_SHARE, ACCOUNT_PAGES = 4, 4
IDLE_SECONDS = 2  # a lost connection says nothing, so after this silence it is tested
RETRY_SECONDS = 0.5


class LiveUpdates(ports.LiveUpdates):
    """The open pages of this process, and the thread that listens on their behalf.

    It listens at `url` on a connection of its own, sends through `database`, and serves at most
    `max_pages` pages.
    """

    def __init__(self, url: str, database: Database, *, max_pages: int) -> None:
        self._url = url
        self._database = database
        self._max_pages = max_pages
        self._max_pages_of_account = max(ACCOUNT_PAGES, max_pages // ACCOUNT_SHARE)
        self._pages: dict[int, dict[Mailbox, str]] = defaultdict(dict)
        self._lock = Lock()
        self._stopped = Event()

    def start(self) -> None:
        """Begin to listen."""
        Thread(target=self._listen_until_stopped, name="live", daemon=True).start()

    def stop(self) -> None:
        """Close every page and accept no more."""
        self._stopped.set()
        for mailbox in self._mailboxes():
            mailbox.close(CloseReason.SHUTTING_DOWN)

    @override
    def join(self, author: Author) -> Mailbox:
        with self._lock:
            if self._stopped.is_set() or sum(map(len, self._pages.values())) >= self._max_pages:
                raise BusyError
            if len(self._pages.get(author.user_id, ())) >= self._max_pages_of_account:
                raise TooManyPagesError
            mailbox = Mailbox()
            self._pages[author.user_id][mailbox] = author.page_id
        return mailbox

    @override
    def leave(self, author: Author, mailbox: ports.Mailbox) -> None:
        with self._lock:
            pages = self._pages.pop(author.user_id)
            others = {other: page for other, page in pages.items() if other is not mailbox}
            if others:
                self._pages[author.user_id] = others

    @override
    def sign_out(self, author: Author) -> None:
        if author.page_id == NO_PAGE:
            return
        self._database.run(
            "SELECT pg_notify(%(channel)s, %(message)s)",
            {"channel": SIGNED_OUT, "message": encode(author)},
        )

    def dispatch(self, channel: str, author: Author) -> None:
        """Hand a notification to those pages of this process that it concerns."""
        with self._lock:
            pages = list(self._pages.get(author.user_id, {}).items())
        for mailbox, page_id in pages:
            if channel == TODOS_CHANGED:
                mailbox.put(author.page_id)
            elif page_id == author.page_id:
                mailbox.close(CloseReason.SIGNED_OUT)

    def _listen_until_stopped(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            # Whatever it is, live updates must not end with this thread.
            except Exception as error:  # noqa: BLE001
                log.warning("not listening: %s", type(error).__name__)
                self._stopped.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        with BoundedConnection.connect(self._url, **OPTIONS) as connection:
            connection.execute(f"LISTEN {TODOS_CHANGED}; LISTEN {SIGNED_OUT}")
            # What broke the former connection may have broken the pool's as well.
            self._database.replace_broken_connections()
            # Notifications sent until now did not reach this process: every page must fetch again.
            for mailbox in self._mailboxes():
                mailbox.put(NO_PAGE)
            while not self._stopped.is_set():
                self._receive(connection)

    def _receive(self, connection: BoundedConnection) -> None:
        notifications = list(connection.notifies(timeout=IDLE_SECONDS, stop_after=1))
        for notification in notifications:
            try:
                self.dispatch(notification.channel, decode(notification.payload))
            except ValueError:
                log.warning("not understood: a message on %s", notification.channel)
        if not notifications:
            connection.execute("SELECT 1")

    def _mailboxes(self) -> list[Mailbox]:
        with self._lock:
            return [mailbox for pages in self._pages.values() for mailbox in pages]
