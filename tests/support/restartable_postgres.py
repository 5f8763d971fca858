"""A PostgreSQL server to stop, crash and pause: durable, on disk, and always on the same port."""

from pathlib import Path

import psutil
import psycopg

from tests.support.waiting import wait_until
from tools.embedded_postgres import EmbeddedPostgres, free_port


class RestartablePostgres:
    """The server and its processes, with the data at `home`; it can start any number of times."""

    def __init__(self, home: Path) -> None:
        self._postgres = EmbeddedPostgres(home, durable=True, port=free_port(), temporary=True)
        self._is_running = False
        self._paused: list[psutil.Process] = []
        self.url = ""

    def start(self) -> None:
        """Start the server unless it runs; after a crash, PostgreSQL recovers first."""
        if self._is_running:
            return
        self.url = self._postgres.start()
        self._is_running = True
        with psycopg.connect(self.url) as connection:
            self._main = psutil.Process(connection.info.backend_pid).parent()

    def stop(self) -> None:
        """Shut down as an operator does: statements are cancelled and connections are closed."""
        self._postgres.stop()
        self._is_running = False

    def crash(self) -> None:
        """Kill every process at once, so that nothing more is written to the disk."""
        processes = self._processes()
        for process in processes:
            process.kill()
        self.stop()
        wait_until(lambda: all(map(_has_ended, processes)))

    def pause(self) -> None:
        """Suspend every process: connections stay open, and no statement is answered."""
        self._paused = self._processes()
        for process in self._paused:
            process.suspend()

    def resume(self) -> None:
        """Resume the processes that were suspended."""
        for process in reversed(self._paused):
            process.resume()
        self._paused = []

    def remove(self) -> None:
        """Delete the data."""
        self._postgres.remove()

    def _processes(self) -> list[psutil.Process]:
        """Return the main process first, because it would replace the others."""
        assert self._main
        return [self._main, *self._main.children()]


def _has_ended(process: psutil.Process) -> bool:
    """Tell whether it has ended; its parent may take seconds to notice."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
