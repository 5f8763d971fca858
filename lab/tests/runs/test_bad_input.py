"""`python -m lab run` with something wrong: one line that says what, and exit code 2.

These tests are slow, since each starts a process.
"""

import pytest

from lab.tests.runs.files import FILES, TAX, make_patch
from lab.tests.runs.project import Project

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["no-such-fault"], "There is no fault 'no-such-fault'. Type: python -m lab list"),
        (
            ["--layer", "acceptance"],
            "There is no layer 'acceptance', but unit, integration, e2e.",
        ),
        (["--shard", "5/4"], "--shard takes a part such as 2/4, not '5/4'."),
        (["--jobs", "0"], "--jobs takes a number of at least 1."),
    ],
    ids=["fault", "layer", "shard", "jobs"],
)
def test_refuses_arguments_that_mean_nothing(
    tried: Project, arguments: list[str], line: str
) -> None:
    """What is asked for must exist."""
    ended = tried.lab("run", *arguments)

    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]


def test_refuses_a_flawed_patch(project: Project) -> None:
    """A flaw in the catalogue stops every run; test_catalogue.py has all flaws."""
    project.write(
        "lab/faults/of-nothing.patch", make_patch("app/words.py", "Hello", "Hi", topic="")
    )

    ended = project.lab("run", "tax-forgotten")

    line = "lab/faults/of-nothing.patch: its header lacks “topic:”."
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]


def test_refuses_a_patch_that_applies_no_more(project: Project) -> None:
    """A fault whose code has changed is named, and git says where it does not fit."""
    project.write("app/prices.py", FILES["app/prices.py"].replace(TAX, "cents * 107 // 100"))

    ended = project.lab("run", "tax-forgotten")

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 2
    assert line.partition(",")[0] == "tax-forgotten applies no more"
    assert "app/prices.py:1" in line


def test_measures_nothing_while_a_layer_is_red(project: Project) -> None:
    """A test that fails without any fault is named, and nothing is tried."""
    project.write("tests/unit/test_words.py", "def test_greets():\n    assert False\n")

    ended = project.lab("run", "tax-forgotten", "--layer", "unit")

    line = (
        "Nothing can be measured, since without any fault the unit layer "
        "fails in tests/unit/test_words.py::test_greets."
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]


def test_says_that_no_docker_engine_answers(tried: Project) -> None:
    """Who demands a container and has no engine is told so."""
    settings = {"TEST_POSTGRES": "docker", "DOCKER_HOST": "tcp://127.0.0.1:1"}

    ended = tried.lab("run", "tax-forgotten", **settings)

    line = "No PostgreSQL, as TEST_POSTGRES wants it: no Docker engine answers."
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]
