"""A pytest plugin: notes which test executes which line of app/, and which of its files it opens.

What is shared by the tests of one file is noted under that file's name. Imports, and what is shared
by more tests than that, are noted under "".
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

from lab.service_tracing import BUILD, CURRENT, ROOT

OPENED = BUILD / "opened.json"
APP = f"{ROOT / 'app'}{os.sep}"


class Tracing:
    """Tells coverage which test is running, and notes which files of app/ that test opens."""

    def __init__(self) -> None:
        self._test = ""
        self._opened: dict[str, set[str]] = defaultdict(set)
        sys.addaudithook(self._note_opened_file)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Note what runs under the name of the test."""
        self._switch(item.nodeid)
        result = yield
        if not nextitem:
            self._switch("")
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Note a teardown that may be that of a shared fixture under the name of no test."""
        if not nextitem:
            self._switch("")
        elif nextitem.path != item.path:
            self._switch(_file(item.nodeid))
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Note the set-up of a shared fixture under the file that shares it, or under ""."""
        test = self._test
        if fixturedef.scope != "function":
            self._switch(_file(test) if fixturedef.scope in {"module", "class"} else "")
        try:
            return (yield)
        finally:
            self._switch(test)

    def pytest_sessionfinish(self) -> None:
        """Write down which test opened which file."""
        opened = {file: sorted(tests) for file, tests in self._opened.items()}
        OPENED.write_text(json.dumps(opened))

    def _switch(self, test: str) -> None:
        self._test = test
        CURRENT.write_text(test)
        if current := coverage.Coverage.current():
            current.switch_context(test)

    def _note_opened_file(self, event: str, arguments: tuple[object, ...]) -> None:
        """Receive the events that Python raises for audit hooks (PEP 578)."""
        if event == "open" and str(arguments[0]).startswith(APP):
            self._opened[str(Path(str(arguments[0])).relative_to(ROOT))].add(self._test)


def _file(test: str) -> str:
    return test.partition("::")[0]


# Created before pytest imports a conftest, which may import the service.
TRACING = Tracing()


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin."""
    BUILD.mkdir(exist_ok=True)
    config.pluginmanager.register(TRACING)
