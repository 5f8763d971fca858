"""A pytest plugin: notes which test reaches which line of app/, and opens which of its files.

What the tests of one file share is noted under the file's name; imports, and what more tests
share, under "".
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

from lab.service_tracing import CURRENT
from tools.common import BUILD, ROOT

OPENED = BUILD / "opened.json"
APP = f"{ROOT / 'app'}{os.sep}"


class Tracing:
    """Tells coverage which test runs now, and notes which files of app/ it opens."""

    def __init__(self) -> None:
        """Begin with no test."""
        self._test = ""
        self._opened: dict[str, set[str]] = defaultdict(set)
        sys.addaudithook(self._hear)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Note what runs under the test's name."""
        self._switch(item.nodeid)
        result = yield
        if not nextitem:
            self._switch("")
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Note under no test's name what may be the end of something shared."""
        if not nextitem:
            self._switch("")
        elif nextitem.path != item.path:
            self._switch(_file(item.nodeid))
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Note under a file's name what its tests share, and under none what more tests do."""
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

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Listen to what Python announces to audit hooks (PEP 578)."""
        if event == "open" and str(arguments[0]).startswith(APP):
            self._opened[str(Path(str(arguments[0])).relative_to(ROOT))].add(self._test)


def _file(test: str) -> str:
    return test.partition("::")[0]


# Before pytest imports a conftest, which may import the service.
TRACING = Tracing()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to note."""
    BUILD.mkdir(exist_ok=True)
    config.pluginmanager.register(TRACING)
