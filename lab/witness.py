"""A pytest plugin: writes down what each test does as soon as it is known, for the lab to read.

A run may be ended at any time, and what was written until then still counts.
"""

import json
import time
from collections.abc import Generator
from pathlib import Path

import pytest

# What more than a file's tests need: when that fails, no single test tells anything.
SHARED = ("session", "package")


class Witness:
    """Writes one line of JSON for each test, and ends the run at the first that fails."""

    def __init__(self, file: Path, *, skipped: list[str], first: list[str], stops: bool) -> None:
        """Write to `file`; leave out the tests `skipped`, and begin with the tests `first`."""
        self._file = file
        self._skipped = set(skipped)
        self._first = first
        self._stops = stops
        self._broken: list[BaseException] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave tests out, but none that is new: a patch may change the name of a test's case."""
        left_out = [item for item in items if item.nodeid in self._skipped]
        items[:] = [item for item in items if item.nodeid not in self._skipped]
        items.sort(key=lambda item: item.nodeid not in self._first)
        config.hook.pytest_deselected(items=left_out)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be imported: pytest then runs no test at all."""
        if report.failed:
            self._write(report.nodeid, "broke", message=report.longreprtext)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Remember why something shared cannot be had: every test that needs it will say so."""
        try:
            return (yield)
        except BaseException as error:
            if fixturedef.scope in SHARED:
                self._broken.append(error)
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what a test took, failed or not."""
        begin = time.perf_counter()
        result = yield
        self._write(item.nodeid, "ended", seconds=time.perf_counter() - begin)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note which part of a test failed, and where."""
        report = yield
        if report.failed:
            is_shared = call.excinfo and any(call.excinfo.value is error for error in self._broken)
            self._write(item.nodeid, "broke" if is_shared else "failed", **_crash(report))
            if self._stops and not is_shared:
                item.session.shouldfail = "a test failed"
        return report

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note that a test gave the whole run up; `pytest.exit` comes this way too."""
        self._write("", "broke", message=str(excinfo.value))

    def _write(self, test: str, outcome: str, **more: object) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": test, "outcome": outcome, **more}) + "\n")


def _crash(report: pytest.TestReport) -> dict[str, str]:
    """Return in which line a test failed, and what pytest says of it."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if not crash:
        return {"message": report.longreprtext}
    return {"where": f"{crash.path}:{crash.lineno}", "message": crash.message}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the lab's orders."""
    group = parser.getgroup("lab")
    group.addoption("--lab-witness", type=Path, help="write here what each test does")
    group.addoption("--lab-orders", type=Path, help="read here which tests to run, and until when")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to write."""
    orders = json.loads(config.getoption("--lab-orders").read_text(encoding="utf-8"))
    config.pluginmanager.register(Witness(config.getoption("--lab-witness"), **orders))
