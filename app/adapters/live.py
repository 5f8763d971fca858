"""Tells the open pages of this process what PostgreSQL says was committed: LISTEN and NOTIFY."""

import logging
from collections import defaultdict
from threading import Event, Lock, Thread

import psycopg

from app.adapters.channels import SIGNED_OUT, TODOS_CHANGED
from app.adapters.connection import OPTIONS, BoundedConnection
from app.adapters.database import Database
from app.adapters.mailbox import Mailbox
from app.domain import ports
from app.domain.errors import BusyError
from app.domain.live import NO_PAGE, Author

log = logging.getLogger(__name__)

NORMAL, GOING_AWAY = 1000, 1001  # close codes: RFC 6455, section 7.4.1
QUIET_SECONDS = 2  # a lost connection says nothing, so silence is questioned
RETRY_SECONDS = 0.5


class LiveUpdates:
    """The open pages of this process, and the thread that listens on their behalf."""

    def __init__(self, url: str, database: Database, *, most: int) -> None:
        """Listen at `url` on one connection, and speak through `database`; for `most` pages."""
        self._url = url
        self._database = database
        self._most = most
        self._pages: dict[int, dict[Mailbox, str]] = defaultdict(dict)
        self._lock = Lock()
        self._stopped = Event()

    def start(self) -> None:
        """Begin to listen."""
        Thread(target=self._listen_until_stopped, name="live", daemon=True).start()

    def stop(self) -> None:
        """Let every page go and take no more."""
        self._stopped.set()
        for mailbox in self._mailboxes():
            mailbox.close(GOING_AWAY)

    def join(self, author: Author) -> Mailbox:
        """Return the mailbox of a page that was opened; raises BusyError at the limit."""
        with self._lock:
            if self._stopped.is_set() or sum(map(len, self._pages.values())) >= self._most:
                raise BusyError
            mailbox = Mailbox()
            self._pages[author.user_id][mailbox] = author.page_id
        return mailbox

    def leave(self, author: Author, mailbox: ports.Mailbox) -> None:
        """Forget a page that is gone."""
        with self._lock:
            pages = self._pages.pop(author.user_id)
            others = {other: page for other, page in pages.items() if other is not mailbox}
            if others:
                self._pages[author.user_id] = others

    def sign_out(self, author: Author) -> None:
        """Let the page go, whichever process it is connected to; raises StorageUnavailableError."""
        if author.page_id == NO_PAGE:
            return
        self._database.run(
            "SELECT pg_notify(%(channel)s, %(message)s)",
            {"channel": SIGNED_OUT, "message": author.to_message()},
        )

    def pass_on(self, channel: str, author: Author) -> None:
        """Tell those of this process's pages whom it concerns what was heard on a channel."""
        with self._lock:
            pages = list(self._pages.get(author.user_id, {}).items())
        for mailbox, page_id in pages:
            if channel == TODOS_CHANGED:
                mailbox.put(author.page_id)
            elif page_id == author.page_id:
                mailbox.close(NORMAL)

    def _listen_until_stopped(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("not listening: %s", type(error).__name__)
                self._stopped.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        with BoundedConnection.connect(self._url, **OPTIONS) as connection:
            connection.execute(f"LISTEN {TODOS_CHANGED}; LISTEN {SIGNED_OUT}")
            # What ended this connection may have ended the others.
            self._database.replace_lost()
            # What was said until now nobody here heard, so every page shall look for itself.
            for mailbox in self._mailboxes():
                mailbox.put(NO_PAGE)
            while not self._stopped.is_set():
                self._hear(connection)

    def _hear(self, connection: BoundedConnection) -> None:
        heard = list(connection.notifies(timeout=QUIET_SECONDS, stop_after=1))
        for notification in heard:
            try:
                self.pass_on(notification.channel, Author.from_message(notification.payload))
            except ValueError:
                log.warning("not understood: a message on %s", notification.channel)
        if not heard:
            connection.execute("SELECT 1")

    def _mailboxes(self) -> list[Mailbox]:
        with self._lock:
            return [mailbox for pages in self._pages.values() for mailbox in pages]
