"""Demos that a reader starts in a shell of their own.

These tests are slow, because each runs a demo by its make command.
"""

import subprocess

import pytest

from docs.check_output import normalize, read_examples
from tests.support.environment import clean_environment
from tests.support.hostile_environment import HOSTILE, HOSTILE_TO_PYTHON
from tools.common import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("page", ["environment-variables", "jwt", "returning", "websockets"])
def test_a_demo_prints_what_its_page_shows(page: str) -> None:
    """Neither settings nor variables of other programs in the reader's shell change a demo."""
    examples = read_examples(ROOT / "docs" / "questions" / f"{page}.md")
    example = next(example for example in examples if "make demo" in example.command)

    done = subprocess.run(
        example.command.split(),
        cwd=ROOT,
        env=clean_environment(**HOSTILE, **HOSTILE_TO_PYTHON),
        capture_output=True,
        text=True,
        check=False,
    )

    assert normalize(done.stdout) == normalize(example.output)
