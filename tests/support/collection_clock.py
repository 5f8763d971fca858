"""Keeps the tests from reading the clock while they are collected: a pytest plugin.

A token or a date that is made then becomes older while other tests run, so it would depend on their
duration whether a test passes.
"""

import sys
import time
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pluggy
import pytest
import time_machine

from tests.support.paths import ROOT

# A library that is imported, and pytest itself when it calls a plugin, may read the clock.
BOUNDARIES = ("<frozen importlib", str(Path(pluggy.__file__).parent))
OWN_FOLDERS = ("app", "docs", "lab", "tests", "tools")


class ClockReadError(RuntimeError):
    """A module read the clock when it was imported, or an argument of parametrize did."""


@contextmanager
def forbidden_clock() -> Iterator[None]:
    """Raise ClockReadError, within the block, where our own code reads the time or the date."""
    with time_machine.travel(time.time()) as traveller:
        read = traveller.time_ns

        def refuse_or_read() -> int:
            if place := _own_caller():
                raise ClockReadError(
                    f"{place} reads the clock while the tests are collected; do so in the test"
                )
            return read()

        traveller.time_ns = refuse_or_read  # type: ignore[method-assign]
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Forbid the clock until every test is known."""
    with forbidden_clock():
        return (yield)


def _own_caller() -> str:
    """Return the line of a module that asks for the time, directly or not; "" for a library."""
    line = ""
    caller = sys._getframe(2)  # noqa: SLF001 -- inspect.stack() reads every file
    for frame, number in traceback.walk_stack(caller):
        name = frame.f_code.co_filename
        if name.startswith(BOUNDARIES):
            break
        path = Path(name)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OWN_FOLDERS:
            line = f"{path.relative_to(ROOT)}:{number}"
    return line
