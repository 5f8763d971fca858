"""A pytest plugin that prints what the tests of a run cost.

A test's time lasts until the next test starts, so it includes pytest's own work. Whatever tests
share, such as imports, a server or a browser, counts as set-up and not as part of a test.
"""

import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from statistics import median

import psutil
import pytest

from tests.support.paths import LAYERS, ROOT

# The budget of the median test, on a machine with two cores.
BUDGET_MILLISECONDS = {"unit": 3, "integration": 15, "e2e": 600}
SLOWEST = 3
NAME = "costs"


class Costs:
    """Measures the time of each test and of the set-up, by layer."""

    def __init__(self) -> None:
        # Starting Python and pytest belongs to the set-up.
        self._set_up = time.time() - psutil.Process().create_time()
        self._begin = time.perf_counter()
        self._seconds: dict[str, dict[str, float]] = defaultdict(dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Count importing the tests, and the servers that `pytest_configure` starts, as set-up."""
        result = yield
        self._set_up += time.perf_counter() - self._begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure a test, without the shared fixtures that it was the first to use."""
        begin, set_up = time.perf_counter(), self._set_up
        result = yield
        seconds = time.perf_counter() - begin - (self._set_up - set_up)
        self._seconds[_layer(item)][item.nodeid] = seconds
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Count fixtures that tests share as set-up."""
        begin = time.perf_counter()
        result = yield
        if fixturedef.scope != "function":
            self._set_up += time.perf_counter() - begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(
        self, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Count the teardown of shared fixtures as set-up, and not as part of the last test."""
        begin = time.perf_counter()
        result = yield
        if nextitem is None:
            self._set_up += time.perf_counter() - begin
        return result

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a few lines for each layer that ran."""
        for layer in [layer for layer in LAYERS if layer in self._seconds]:
            terminalreporter.section(f"what the {layer} tests cost")
            for line in self.report(layer):
                terminalreporter.line(line)

    def report(self, layer: str) -> Iterator[str]:
        """Yield the lines about a layer; none for a layer that did not run."""
        tests = self._seconds[layer]
        if tests:
            yield self._summary(layer, list(tests.values()))
        for test in sorted(tests, key=tests.__getitem__, reverse=True)[:SLOWEST]:
            yield f"{tests[test]:7.2f} s  {test}"

    def _summary(self, layer: str, seconds: list[float]) -> str:
        middle, budget = 1000 * median(seconds), BUDGET_MILLISECONDS[layer]
        return (
            f"tests: {len(seconds)}, {sum(seconds):.1f} s after {self._set_up:.1f} s of set-up; "
            f"the median test {middle:.1f} ms (the layer's budget: {budget} ms); the slowest:"
        )


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin."""
    config.pluginmanager.register(Costs(), NAME)


def _layer(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]
