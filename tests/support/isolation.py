"""A pytest plugin: the result of a run does not depend on what its caller's shell exports.

It takes effect when it is imported, which is before any library under test reads the environment.
"""

import sys

import pytest

from tests.support.environment import clean_up

clean_up()


def pytest_configure() -> None:
    """Refuse to run without assertions; raises pytest.UsageError."""
    if sys.flags.optimize:
        raise pytest.UsageError(
            "PYTHONOPTIMIZE or -O removes assertions, and without them a test passes that should"
            " fail. Type: unset PYTHONOPTIMIZE"
        )
