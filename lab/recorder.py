"""A pytest plugin: records the outcome of each test as soon as it is known, for the lab to read.

A run may be ended at any time, and what was recorded until then still counts.
"""

import json
import time
from collections.abc import Generator
from pathlib import Path

import pytest

RECORD = ".build/recorder.jsonl"
RUN_SPEC = ".build/run-spec.json"
# Fixtures of these scopes serve several files: their failure is not the failure of one test.
SHARED = ("session", "package")


class Recorder:
    """Writes one line of JSON for each test to `file`.

    Leaves out the tests in `skipped`, runs those in `first` before all others, and if `stops` is
    set ends the run at the first failure.
    """

    def __init__(self, file: Path, *, skipped: list[str], first: list[str], stops: bool) -> None:
        self._file = file
        self._skipped = set(skipped)
        self._first = first
        self._stops = stops
        self._shared_errors: list[BaseException] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out known tests only: a patch may change a test's id, and that test runs."""
        left_out = [item for item in items if item.nodeid in self._skipped]
        items[:] = [item for item in items if item.nodeid not in self._skipped]
        items.sort(key=lambda item: item.nodeid not in self._first)
        config.hook.pytest_deselected(items=left_out)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record a file that cannot be imported: pytest then runs no test at all."""
        if report.failed:
            self._write(report.nodeid, "broke", message=report.longreprtext)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Remember the error of a shared fixture: pytest raises it in every test that needs it."""
        try:
            return (yield)
        except BaseException as error:
            if fixturedef.scope in SHARED:
                self._shared_errors.append(error)
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record how long a test took, whether or not it failed."""
        begin = time.perf_counter()
        result = yield
        self._write(item.nodeid, "ended", seconds=time.perf_counter() - begin)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Record a failure of a test's set-up, call or teardown, and where it happened."""
        report = yield
        if report.failed:
            is_shared = call.excinfo and any(
                call.excinfo.value is error for error in self._shared_errors
            )
            self._write(item.nodeid, "broke" if is_shared else "failed", **_crash(report))
            if self._stops and not is_shared:
                item.session.shouldfail = "a test failed"
        return report

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Record that something ended the whole run, such as `pytest.exit`."""
        self._write("", "broke", message=str(excinfo.value))

    def _write(self, test: str, outcome: str, **more: object) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"test": test, "outcome": outcome, **more}) + "\n")


def _crash(report: pytest.TestReport) -> dict[str, str]:
    """Return the line in which a test failed, and pytest's message."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if not crash:
        return {"message": report.longreprtext}
    return {"where": f"{crash.path}:{crash.lineno}", "message": crash.message}


def pytest_configure(config: pytest.Config) -> None:
    """Register the recorder."""
    spec = json.loads((config.rootpath / RUN_SPEC).read_text(encoding="utf-8"))
    config.pluginmanager.register(Recorder(config.rootpath / RECORD, **spec))
