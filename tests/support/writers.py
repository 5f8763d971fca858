"""Load: people's programs that add todos as fast as they are answered."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from types import TracebackType
from typing import Self

import requests

from tests.support.resilience_service import Person, Service
from tests.support.waiting import wait_until

WRITERS = 4
ENOUGH = 20
DEADLINE_SECONDS = 20


@dataclass(slots=True)
class Answer:
    """What became of one todo."""

    title: str
    status: int
    seconds: float


class Writers:
    """Several threads that write from the start of the block to its end."""

    def __init__(self, service: Service, person: Person) -> None:
        """Write in the name of this person."""
        self._service = service
        self._person = person
        self._threads = ThreadPoolExecutor(WRITERS)
        self._enough = Event()
        self.answers: list[Answer] = []

    def __enter__(self) -> Self:
        """Begin."""
        for number in range(WRITERS):
            self._threads.submit(self._write, number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish what is under way."""
        self._enough.set()
        self._threads.shutdown()

    @property
    def acknowledged(self) -> list[str]:
        """The titles of the todos that the service said it added."""
        return [answer.title for answer in self.answers if answer.status == 201]

    def wait_for_more(self) -> None:
        """Wait until some more are acknowledged."""
        goal = len(self.acknowledged) + ENOUGH
        wait_until(lambda: len(self.acknowledged) >= goal, seconds=DEADLINE_SECONDS)

    def _write(self, writer: int) -> None:
        """Add todos until it is enough, or nobody answers any more."""
        number = 0
        while not self._enough.is_set():
            number += 1
            title, begin = f"todo {number} of writer {writer}", time.monotonic()
            try:
                status = self._service.add(self._person, title).status_code
            except requests.ConnectionError:
                return
            self.answers.append(Answer(title, status, time.monotonic() - begin))
