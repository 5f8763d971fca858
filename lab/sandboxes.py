"""What an experiment works with: copies of the project, a PostgreSQL server, worker threads."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue

from lab import layers
from lab.baseline import Baseline, Layer, baseline, fingerprint
from lab.catalogue import Patch
from lab.copies import Copy
from lab.processes import Processes
from tests.support import postgres
from tests.support.children import temporary_folder
from tests.support.databases import empty_database
from tests.support.postgres_servers import NoServerError, Postgres
from tools.common import ToolError


class Sandboxes:
    """One copy of the project for each job, and an empty database on `server` for each run."""

    def __init__(self, copies: list[Copy], server: Postgres) -> None:
        self._jobs = len(copies)
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for copy in copies:
            self._copies.put(copy)
        self._database_url = server.url
        self._processes = Processes()
        self._fingerprint = fingerprint(copies[0].folder)
        self.conditions = f"{server.description}; {self._jobs} jobs"

    @contextmanager
    def copy(self, patches: list[Patch]) -> Iterator[Copy]:
        """Yield a copy with these patches, which no other thread uses during the block."""
        copy = self._copies.get()
        try:
            copy.apply(patches)
            yield copy
        finally:
            self._copies.put(copy)

    def baseline(self, layer: Layer) -> Baseline:
        """Return what the layer does without a patch; raises ToolError when a test fails."""
        with self.copy([]) as copy, empty_database(self._database_url) as url:
            return baseline(layer, self._fingerprint, copy, url, self._processes)

    def run(self, spec: layers.RunSpec, copy: Copy) -> layers.Outcome:
        """Run tests in a copy, on an empty database."""
        with empty_database(self._database_url) as url:
            return layers.run(spec, copy.folder, url, self._processes)

    @contextmanager
    def workers(self) -> Iterator[ThreadPoolExecutor]:
        """Yield one worker thread for each copy; an exception in the block ends their work."""
        workers = ThreadPoolExecutor(self._jobs)
        try:
            yield workers
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)
            self._processes.stop()
            raise
        finally:
            workers.shutdown()


@contextmanager
def sandboxes(
    patches: list[Patch], jobs: int, submitted: Path | None = None
) -> Iterator[Sandboxes]:
    """Make the copies, check that each patch applies, start the server; raises ToolError."""
    with ExitStack() as stack:
        home = stack.enter_context(temporary_folder("todo-lab-"))
        copies = [Copy(home / str(number), submitted) for number in range(jobs)]
        for patch in patches:
            copies[0].apply([patch])
        try:
            server = postgres.start(os.environ.get("TEST_POSTGRES", ""), stack)
        except NoServerError as error:
            raise ToolError(f"No PostgreSQL, as TEST_POSTGRES wants it: {error}.") from error
        yield Sandboxes(copies, server)
