import json

import pytest

from tools import gate

PASSED = {"unit": "success", "integration": "success", "e2e": "success"}


@pytest.mark.parametrize("result", ["failure", "cancelled", "skipped", ""])
def test_stops_a_merge_when_a_job_did_not_succeed(result: str) -> None:
    """One job that failed, was cancelled or was skipped is enough to stop a merge."""
    assert not gate.may_merge(PASSED | {"integration": result})


def test_stops_a_merge_when_there_is_no_job() -> None:
    """An empty list of jobs would otherwise count as success of all of them."""
    assert not gate.may_merge({})


@pytest.mark.parametrize(("result", "code"), [("success", 0), ("skipped", 1)])
def test_exits_with_the_result(
    result: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code decides the check, and the log shows the result of each job."""
    monkeypatch.setenv("NEEDS", json.dumps({"unit": {"result": result, "outputs": {}}}))

    with pytest.raises(SystemExit) as end:
        gate.main()

    assert end.value.code == code
    assert f"unit: {result}" in capsys.readouterr().out
