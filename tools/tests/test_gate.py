import json

import pytest

from tools import gate

PASSED = {"unit": "success", "integration": "success", "e2e": "success"}


def test_lets_pass_what_passed() -> None:
    """A merge is allowed when every job that it waits for succeeded."""
    assert gate.may_merge(PASSED)


@pytest.mark.parametrize("result", ["failure", "cancelled", "skipped", ""])
def test_takes_anything_but_success_for_a_failure(result: str) -> None:
    """One job that failed, was cancelled or never ran is enough to stop a merge."""
    assert not gate.may_merge(PASSED | {"integration": result})


def test_stops_when_there_is_nothing_to_wait_for() -> None:
    """No job at all is no proof."""
    assert not gate.may_merge({})


@pytest.mark.parametrize(("result", "code"), [("success", 0), ("skipped", 1)])
def test_tells_github_by_its_exit_code(
    result: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code decides about the check, and the log says which job it was."""
    monkeypatch.setenv("NEEDS", json.dumps({"unit": {"result": result, "outputs": {}}}))

    with pytest.raises(SystemExit) as end:
        gate.main()

    assert end.value.code == code
    assert f"unit: {result}" in capsys.readouterr().out
