"""A PostgreSQL to mistreat: durable, with its data on disk, and always on the same port."""

from pathlib import Path

import psutil
import psycopg

from tests.support.waiting import wait_until
from tools.embedded_postgres import EmbeddedPostgres, free_port

EXIT_SECONDS = 10


class Server:
    """The server and all its processes; started and stopped any number of times."""

    def __init__(self, home: Path) -> None:
        """Keep the data at `home`; nothing runs yet."""
        self._postgres = EmbeddedPostgres(home, durable=True, port=free_port())
        self._paused: list[psutil.Process] = []
        self.url = ""

    def start(self) -> None:
        """Start, unless it runs; take up what a crash left."""
        self.url = self._postgres.start()
        with psycopg.connect(self.url) as connection:
            self._main = psutil.Process(connection.info.backend_pid).parent()

    def stop(self) -> None:
        """Stop as an operator does: statements under way are cut off, connections closed."""
        self._postgres.stop()

    def crash(self) -> None:
        """End every process at once, by kill -9; nothing is written down any more."""
        processes = self._processes()
        for process in processes:
            process.kill()
        self._postgres.stop()
        wait_until(lambda: all(map(_has_ended, processes)), seconds=EXIT_SECONDS)

    def pause(self) -> None:
        """Stop the clock of every process: connections stay, and nobody answers."""
        self._paused = self._processes()
        for process in self._paused:
            process.suspend()

    def resume(self) -> None:
        """Let those go on that were paused."""
        for process in reversed(self._paused):
            process.resume()
        self._paused = []

    def remove(self) -> None:
        """Delete the data."""
        self._postgres.remove()

    def _processes(self) -> list[psutil.Process]:
        """Return the main process, which would start others, and then the others."""
        assert self._main
        return [self._main, *self._main.children()]


def _has_ended(process: psutil.Process) -> bool:
    """Say whether it runs no more; that its parent notes it may take seconds."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
