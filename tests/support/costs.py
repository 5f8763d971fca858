"""Prints at the end of a run what its tests cost: a pytest plugin.

A test's seconds are all that go by until the next one begins, pytest's own work included. What
tests share is set-up, and no single test's: imports, a server, a browser.
"""

import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import median

import psutil
import pytest

TESTS = Path(__file__).parents[1]
# What the median test may cost, on a machine with two cores.
BUDGET_MILLISECONDS = {"unit": 3, "integration": 15, "e2e": 600}
SLOWEST = 3
NAME = "costs"


class Costs:
    """Takes the time of each test, layer by layer."""

    def __init__(self) -> None:
        """Begin with what went by since the process started."""
        self._set_up = time.time() - psutil.Process().create_time()
        self._begin = time.perf_counter()
        self._seconds: dict[str, dict[str, float]] = defaultdict(dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Count the imports of the tests, and the servers that `pytest_configure` starts."""
        result = yield
        self._set_up += time.perf_counter() - self._begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Take the time of a test, less what it set up for others too."""
        begin, set_up = time.perf_counter(), self._set_up
        result = yield
        seconds = time.perf_counter() - begin - (self._set_up - set_up)
        self._seconds[_layer(item)][item.nodeid] = seconds
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Take the time of what tests share."""
        begin = time.perf_counter()
        result = yield
        if fixturedef.scope != "function":
            self._set_up += time.perf_counter() - begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(
        self, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Do not blame the last test for the end of what all shared."""
        begin = time.perf_counter()
        result = yield
        if nextitem is None:
            self._set_up += time.perf_counter() - begin
        return result

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a few lines for each layer that ran."""
        for layer in [layer for layer in BUDGET_MILLISECONDS if layer in self._seconds]:
            terminalreporter.section(f"what the {layer} tests cost")
            for line in self.account(layer):
                terminalreporter.line(line)

    def account(self, layer: str) -> Iterator[str]:
        """Yield the lines that tell what a layer cost; none for a layer that did not run."""
        tests = self._seconds[layer]
        if tests:
            yield self._sum(layer, list(tests.values()))
        for test in sorted(tests, key=tests.__getitem__, reverse=True)[:SLOWEST]:
            yield f"{tests[test]:7.2f} s  {test}"

    def _sum(self, layer: str, seconds: list[float]) -> str:
        middle, budget = 1000 * median(seconds), BUDGET_MILLISECONDS[layer]
        return (
            f"tests: {len(seconds)}, {sum(seconds):.1f} s after {self._set_up:.1f} s of set-up; "
            f"the median test {middle:.1f} ms (the layer's budget: {budget} ms); the slowest:"
        )


def pytest_configure(config: pytest.Config) -> None:
    """Begin the account."""
    config.pluginmanager.register(Costs(), NAME)


def _layer(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]
