"""What the workflows promise, as far as that can be checked without GitHub."""

from typing import Any

import pytest
import yaml

from tools.act import __main__ as act
from tools.common import LAYERS, ROOT

TESTS = ROOT / ".github" / "workflows" / "tests.yml"
GATE = "required"
INFORMATION = "regression-proof"


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    """Parse the workflow for pull requests once."""
    parsed: dict[str, Any] = yaml.safe_load(TESTS.read_text("utf-8"))
    return parsed


def test_the_gate_waits_for_every_other_job(workflow: dict[str, Any]) -> None:
    """A job that the gate does not wait for could not stop a merge."""
    others = set(workflow["jobs"]) - {GATE, INFORMATION}

    assert set(workflow["jobs"][GATE]["needs"]) == others


def test_the_gate_always_runs(workflow: dict[str, Any]) -> None:
    """Without this condition a failed job would skip the gate, which GitHub counts as a success."""
    assert workflow["jobs"][GATE]["if"] == "always()"


def test_no_other_job_can_be_skipped(workflow: dict[str, Any]) -> None:
    """A skipped job counts as a success although it ran no test."""
    conditional = {name for name, job in workflow["jobs"].items() if "if" in job}

    assert conditional == {GATE, INFORMATION}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_job_of_a_layer_runs_its_command(layer: str, workflow: dict[str, Any]) -> None:
    """The check has the name of its layer and runs the command that a person types."""
    job = workflow["jobs"][layer]

    assert job["name"] == layer
    assert f"make test-{layer} COVERAGE=1" in [step.get("run") for step in job["steps"]]


def test_act_replaces_the_actions_that_need_github() -> None:
    """`make act` finds its own version of each of these actions, at the commit that is in use."""
    replaced = {action.partition("@")[0] for action in act.replacements()}

    assert replaced == {
        "actions/setup-python",
        "actions/upload-artifact",
        "actions/download-artifact",
    }
