"""What the caller's shell exports for other programs changes no result.

These tests are slow, because each runs a file of a layer as a person does.
"""

import subprocess
import sys

import pytest

from tests.support.environment import clean_environment
from tests.support.hostile_environment import HOSTILE, HOSTILE_TO_PYTHON
from tools.common import LAYERS, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FILES = {
    "unit": "tests/unit/test_settings.py",
    "integration": "tests/integration/api/test_health.py",
    "e2e": "tests/e2e/test_filters.py",
}


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with nothing on its standard input."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(**HOSTILE, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_passes(layer: str) -> None:
    """`make test-LAYER` is as green as in an empty environment."""
    done = run("make", f"test-{layer}", f"ARGS={FILES[layer]}", **HOSTILE_TO_PYTHON)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_passes_without_make(layer: str) -> None:
    """Pytest itself is as green, apart from what Python reads before any code of ours runs."""
    done = run(sys.executable, "-m", "pytest", FILES[layer])

    assert done.returncode == 0, done.stdout


def test_refuses_to_run_without_assertions() -> None:
    """PYTHONOPTIMIZE would let tests pass that should fail; one line says what to type."""
    done = run(sys.executable, "-m", "pytest", FILES["unit"], PYTHONOPTIMIZE="1")

    assert done.stdout.strip().endswith("Type: unset PYTHONOPTIMIZE")
    assert len(done.stdout.splitlines()) < 4
