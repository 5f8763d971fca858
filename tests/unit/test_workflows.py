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

    assert others == set(workflow["jobs"][GATE]["needs"])


def test_the_gate_always_runs(workflow: dict[str, Any]) -> None:
    """Without this the gate would be skipped when a job fails, and GitHub calls that success."""
    assert "always()" == workflow["jobs"][GATE]["if"]


def test_no_other_job_can_be_skipped(workflow: dict[str, Any]) -> None:
    """A condition would let a check pass, or wait for ever, without a test having run."""
    assert {GATE, INFORMS} == {name for name, job in workflow["jobs"].items() if "if" in job}


def test_the_regression_proof_has_a_base_to_compare_with(workflow: dict[str, Any]) -> None:
    """Only a pull request has one, and only a whole history tells where it began."""
    job = workflow["jobs"][INFORMS]

    assert "github.event_name == 'pull_request'" == job["if"]
    assert 0 == job["steps"][0]["with"]["fetch-depth"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layers_job_runs_its_command(layer: str, workflow: dict[str, Any]) -> None:
    """A layer's check has its name and does what a person does who types its command."""
    job = workflow["jobs"][layer]

    assert layer == job["name"]
    assert f"make test-{layer} COVERAGE=1" in [step.get("run") for step in job["steps"]]
