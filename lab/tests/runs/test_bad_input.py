"""`python -m lab run` with something wrong: one line that says what, and exit code 2.

These tests are slow, since each starts a process.
"""

from lab.tests.runs.files import FILES, TAX
from lab.tests.runs.project import RUNS_THE_LAB, Project

pytestmark = RUNS_THE_LAB


def test_refuses_a_patch_that_no_longer_applies(project: Project) -> None:
    """The error names the fault, and the line at which git cannot apply it."""
    project.write("app/prices.py", FILES["app/prices.py"].replace(TAX, "cents * 107 // 100"))

    ended = project.lab("run", "tax-forgotten")

    [line] = ended.stderr.splitlines()
    assert ended.returncode == 2
    assert line.partition(",")[0] == "tax-forgotten no longer applies"
    assert "app/prices.py:1" in line


def test_refuses_a_layer_that_fails_without_a_fault(project: Project) -> None:
    """The error names the test and its message, and no fault is planted."""
    project.write("tests/unit/test_words.py", "def test_greets():\n    assert False\n")

    ended = project.lab("run", "tax-forgotten", "--layer", "unit")

    line = (
        "Nothing can be measured. Without any fault, the unit layer "
        "fails in tests/unit/test_words.py::test_greets: assert False"
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]


def test_reports_that_no_docker_engine_answers(tried: Project) -> None:
    """TEST_POSTGRES=docker demands a container, so the embedded server is no substitute."""
    settings = {"TEST_POSTGRES": "docker", "DOCKER_HOST": "tcp://127.0.0.1:1"}

    ended = tried.lab("run", "tax-forgotten", **settings)

    line = "No PostgreSQL, as TEST_POSTGRES wants it: no Docker engine answers."
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line]
