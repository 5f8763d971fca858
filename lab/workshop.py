"""What an experiment works with: copies of the project, a PostgreSQL server, several at work."""

import tempfile
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
from lab.servers import Databases, databases


class Workshop:
    """As many copies as may be at work at once, and all that a run of tests needs."""

    def __init__(self, copies: list[Copy], databases: Databases) -> None:
        """Take what is prepared; nothing has run yet."""
        self._jobs = len(copies)
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for copy in copies:
            self._copies.put(copy)
        self._databases = databases
        self._processes = Processes()
        self._fingerprint = fingerprint(copies[0].folder)
        self.conditions = f"{databases.description}; {self._jobs} at once"

    @contextmanager
    def copy(self, patches: list[Patch]) -> Iterator[Copy]:
        """Return a copy with these patches, which nobody else has within the block."""
        copy = self._copies.get()
        try:
            copy.apply(patches)
            yield copy
        finally:
            self._copies.put(copy)

    def baseline(self, layer: Layer) -> Baseline:
        """Return what the layer does without a patch; raises ToolError when it is not green."""
        with self.copy([]) as copy, self._databases.empty() as url:
            return baseline(layer, self._fingerprint, copy, url, self._processes)

    def run(self, order: layers.Order, copy: Copy) -> layers.Outcome:
        """Run tests in a copy, on an empty database."""
        with self._databases.empty() as url:
            return layers.run(order, copy.folder, url, self._processes)

    @contextmanager
    def workers(self) -> Iterator[ThreadPoolExecutor]:
        """Let several work at once; whatever ends the block early ends their work too."""
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
def workshop(patches: list[Patch], jobs: int, brought: Path | None = None) -> Iterator[Workshop]:
    """Make the copies, see that each patch applies, start the server; raises ToolError.

    `brought` is a folder of tests, which takes its place beside the layers, or that of a layer.
    """
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="todo-lab-")))
        copies = [Copy(home / str(number), brought) for number in range(jobs)]
        for patch in patches:
            copies[0].apply([patch])
        copies[0].apply([])
        yield Workshop(copies, stack.enter_context(databases()))
