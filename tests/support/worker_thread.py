"""The service's gunicorn worker in a thread of the test, with any WSGI application."""

import logging
import os
import socket
from collections.abc import Callable, Iterable
from selectors import DefaultSelector
from threading import Thread
from typing import Self

from app.__main__ import Server
from app.server.worker import Worker
from tests.support.factories import make_settings
from tests.support.waiting import HANG_SECONDS, wait_until

Application = Callable[..., Iterable[bytes]]


class Log(logging.LoggerAdapter[logging.Logger]):
    """A log to which pytest can listen."""

    def access(self, *_: object) -> None:
        """Log no requests, as the service does."""


class WorkerThread:
    """A worker that listens on a free port with the service's own options, unless others are given.

    It runs in a `with` block; before, connections wait in the system's queue.
    """

    def __init__(self, application: Application, **options: object) -> None:
        cfg = Server(make_settings(), socket.create_server(("127.0.0.1", 0))).cfg
        for name, value in options.items():
            cfg.set(name, value)
        listener = socket.socket(fileno=cfg.address[0])
        self._port = listener.getsockname()[1]
        log = Log(logging.getLogger("gunicorn.error"))
        self._worker = Worker(1, os.getppid(), [listener], None, HANG_SECONDS, cfg, log)
        self._worker.tpool = self._worker.get_thread_pool()
        self._worker.poller = DefaultSelector()
        self._worker.method_queue.init()
        self._worker.wsgi = application
        self._thread = Thread(target=self._worker.run)

    def __enter__(self) -> Self:
        """Run the worker."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()
        self._thread.join()
        self._worker.tmp.close()

    def connect(self) -> socket.socket:
        """Open a connection on which nothing has been sent."""
        return socket.create_connection(("127.0.0.1", self._port), HANG_SECONDS)

    def exchange(self, *parts: bytes) -> bytes:
        """Send the parts one after the other and return all that comes back until the end."""
        with self.connect() as client:
            for part in parts:
                client.sendall(part)
            return read_all(client)

    def wait_for_waiting(self, count: int) -> None:
        """Wait until so many connections wait for their client."""
        wait_until(lambda: len(self._worker.keepalived_conns) == count)

    def wait_for_connections(self, count: int) -> None:
        """Wait until so many connections are open."""
        wait_until(lambda: self._worker.nr_conns == count)

    def wake(self) -> None:
        """Make the worker look at its clock; by itself it does so once a second."""
        self._worker.method_queue.defer(lambda: None)

    def stop(self) -> None:
        """Do what SIGTERM does."""
        self._worker.handle_exit(None, None)


def read_all(client: socket.socket) -> bytes:
    """Read until the worker ends the connection."""
    return b"".join(iter(lambda: client.recv(65536), b""))
