"""What the workflows promise, as far as it can be seen without GitHub."""

from typing import Any

import pytest
import yaml

from tools.common import LAYERS, ROOT

TESTS = ROOT / ".github" / "workflows" / "tests.yml"
GATE = "required"
INFORMS = "regression-proof"


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    """Return the workflow that tests pull requests."""
    read: dict[str, Any] = yaml.safe_load(TESTS.read_text("utf-8"))
    return read


def test_the_gate_waits_for_every_job_but_the_informing_one(workflow: dict[str, Any]) -> None:
    """A new job cannot be forgotten: what the gate does not wait for cannot stop a merge."""
    others = set(workflow["jobs"]) - {GATE, INFORMS}

    assert set(workflow["jobs"][GATE]["needs"]) == others


def test_the_gate_always_runs(workflow: dict[str, Any]) -> None:
    """Without this the gate would be skipped when a job fails, and GitHub calls that success."""
    assert workflow["jobs"][GATE]["if"] == "always()"


def test_no_other_job_can_be_skipped(workflow: dict[str, Any]) -> None:
    """A condition would let a check pass, or wait for ever, without a test having run."""
    assert {name for name, job in workflow["jobs"].items() if "if" in job} == {GATE, INFORMS}


def test_the_regression_proof_has_a_base_to_compare_with(workflow: dict[str, Any]) -> None:
    """Only a pull request has one, and only a whole history tells where it began."""
    job = workflow["jobs"][INFORMS]

    assert job["if"] == "github.event_name == 'pull_request'"
    assert job["steps"][0]["with"]["fetch-depth"] == 0


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layers_job_runs_its_command(layer: str, workflow: dict[str, Any]) -> None:
    """A layer's check has its name and does what a person does who types its command."""
    job = workflow["jobs"][layer]

    assert job["name"] == layer
    assert f"make test-{layer} COVERAGE=1" in [step.get("run") for step in job["steps"]]
