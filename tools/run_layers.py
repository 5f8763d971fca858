"""`python -m tools.run_layers`: runs the three layers of tests for `make test`.

The e2e tests take longest and mostly wait, so they run side by side with the others. The unit tests
print their output at once; that of the other layers is printed when they end. Exit code 1: a layer
failed.
"""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from tools.command import end_with
from tools.common import BUILD, ROOT

PERCENT = re.compile(r"\[ *([0-9]+%)")
PAUSE_SECONDS = 0.2
SECONDS_TO_STOP = 60


class LayerRun:
    """One layer's make command, writing to the terminal or to a log."""

    def __init__(self, layer: str, log: Path | None = None) -> None:
        self.layer = layer
        self._log = log
        with ExitStack() as stack:
            output = stack.enter_context(log.open("wb")) if log else None
            self._process = subprocess.Popen(
                ["make", "--no-print-directory", f"test-{layer}"],
                cwd=ROOT,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches this process only, which passes it on
            )

    def has_ended(self) -> bool:
        """Return whether the command has ended."""
        return self._process.poll() is not None

    def passed(self) -> bool:
        """Wait for the end, and return whether all tests passed."""
        return self._process.wait() == 0

    def output(self) -> str:
        """Return what is in the log so far."""
        return self._log.read_text("utf-8", errors="replace") if self._log else ""

    def stop(self) -> None:
        """Interrupt pytest and let it stop its servers; kill whatever is left."""
        if self.has_ended():
            return
        os.killpg(self._process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_STOP)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def run_layers() -> int:
    """Run all layers, print which ones failed, and return the exit code."""
    BUILD.mkdir(exist_ok=True)
    with ExitStack() as stack:
        e2e = _start("e2e", stack, BUILD / "test-e2e.log")
        unit = _start("unit", stack)
        unit.passed()
        integration = _start("integration", stack, BUILD / "test-integration.log")
        print("\nRunning integration and e2e tests side by side, about a minute.", flush=True)
        _print_outputs([integration, e2e])
    failed = [run.layer for run in (unit, integration, e2e) if not run.passed()]
    print(f"Failed layers: {' '.join(failed)}" if failed else "All three layers passed.")
    return int(bool(failed))


def _start(layer: str, stack: ExitStack, log: Path | None = None) -> LayerRun:
    """Start a layer, which is stopped at the latest when the stack is closed."""
    run = LayerRun(layer, log)
    stack.callback(run.stop)
    return run


def _print_outputs(running: list[LayerRun]) -> None:
    """Print the output of each layer when it ends, and the progress until then."""
    while running:
        for run in [run for run in running if run.has_ended()]:
            running.remove(run)
            _print_progress("")
            print(f"\n{run.output()}", flush=True)
        _print_progress("   ".join(f"{run.layer} {_percent(run)}" for run in running))
        time.sleep(PAUSE_SECONDS)


def _percent(run: LayerRun) -> str:
    found: list[str] = PERCENT.findall(run.output())
    return found[-1] if found else "0%"


def _print_progress(text: str) -> None:
    """Rewrite the last line of a terminal; a file gets no progress."""
    if sys.stdout.isatty():
        print(f"\r{text:60}\r", end="", flush=True)


def _environment() -> dict[str, str]:
    # pytest shows colours in a log only when it is asked to.
    colours = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    return os.environ | colours


if __name__ == "__main__":
    end_with(run_layers)
