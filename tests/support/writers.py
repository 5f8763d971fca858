"""Load: several clients that add todos as fast as they are answered."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from types import TracebackType
from typing import Self

import requests

from tests.support.resilience_service import ResilienceService, User
from tests.support.waiting import wait_until

THREADS = 4
MORE = 20


@dataclass(slots=True)
class Answer:
    """The answer to one POST."""

    title: str
    status: int
    seconds: float


class Writers:
    """Threads that add todos in the user's name from the start of the block to its end."""

    def __init__(self, service: ResilienceService, user: User) -> None:
        self._service = service
        self._user = user
        self._threads = ThreadPoolExecutor(THREADS)
        self._stopped = Event()
        self.answers: list[Answer] = []

    def __enter__(self) -> Self:
        """Start to write."""
        self._writing = [self._threads.submit(self._write, number) for number in range(THREADS)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, wait for the requests that have been sent, and raise what a thread raised."""
        self._stopped.set()
        self._threads.shutdown()
        for thread in self._writing:
            thread.result()

    @property
    def acknowledged(self) -> list[str]:
        """The titles of the todos that the service confirmed with 201."""
        return [answer.title for answer in self.answers if answer.status == 201]

    def wait_for_more(self) -> None:
        """Wait until 20 more todos are acknowledged."""
        goal = len(self.acknowledged) + MORE
        wait_until(lambda: len(self.acknowledged) >= goal)

    def _write(self, writer: int) -> None:
        """Add todos until stopped, or until the service is gone."""
        number = 0
        while not self._stopped.is_set():
            number += 1
            title, begin = f"todo {number} of writer {writer}", time.monotonic()
            try:
                status = self._service.add(self._user, title).status_code
            except requests.RequestException:
                return
            self.answers.append(Answer(title, status, time.monotonic() - begin))
