"""The check that each command in the guide still prints what its page shows."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from docs import check_output

PAGE = """# A question?

```console
$ echo 1 todo
{}
```

```sh
make demo
```
"""


@pytest.fixture
def page(tmp_path: Path, mocker: MockerFixture) -> Path:
    """No command really runs: whatever the page shows, the output is "1 todo"."""
    mocker.patch.object(check_output, "ROOT", tmp_path)
    completed = subprocess.CompletedProcess("", 0, stdout="1 todo\n")
    mocker.patch.object(subprocess, "run", autospec=True, return_value=completed)
    return tmp_path / "question.md"


def exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Return the exit code of the command with these arguments."""
    monkeypatch.setattr(sys, "argv", ["check_output", *arguments])
    with pytest.raises(SystemExit) as exited:
        check_output.main()
    return exited.value.code


def test_finds_the_examples_of_a_page(page: Path) -> None:
    """Only a fence marked `console` is a command with its output; the fence marked `sh` is not."""
    page.write_text(PAGE.format("1 todo"), encoding="utf-8")

    examples = check_output.read_examples(page)

    assert examples == [check_output.Example(page, "echo 1 todo", "1 todo\n")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("3 passed in 0.12s", "14 passed in 1s", id="counts and durations"),
        pytest.param("at 08:59:01", "at 9:00:00", id="a time of day"),
        pytest.param("a    12", "a 1,200", id="the width of a column"),
    ],
)
def test_ignores_numbers(one: str, other: str) -> None:
    """Numbers change from run to run, and with them the width of a column."""
    assert check_output.normalize(one) == check_output.normalize(other)


def test_notices_another_word() -> None:
    """Everything but numbers and spaces has to be the same."""
    assert check_output.normalize("3 passed") != check_output.normalize("3 failed")


def test_accepts_the_output_on_the_page(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 0 although the page shows another number."""
    page.write_text(PAGE.format("2 todo"), encoding="utf-8")

    assert exit_code(monkeypatch, str(page)) == 0


def test_shows_how_the_output_differs(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 1, and a diff shows the line of the page and the line that was printed."""
    page.write_text(PAGE.format("no todo"), encoding="utf-8")

    assert exit_code(monkeypatch, str(page)) == 1
    assert "-no todo\n+0 todo" in capsys.readouterr().out


def test_refuses_a_slow_command(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that prints the right output but takes too long is an error as well."""
    page.write_text(PAGE.format("1 todo"), encoding="utf-8")
    monkeypatch.setattr(check_output, "MAX_SECONDS", 0)

    assert exit_code(monkeypatch, str(page)) == 1


def test_records_the_output(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --record the page shows the present output, and the rest of the page is unchanged."""
    page.write_text(PAGE.format("no todo"), encoding="utf-8")

    exit_code(monkeypatch, str(page), "--record")

    assert page.read_text(encoding="utf-8") == PAGE.format("1 todo")


def test_names_a_missing_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong path is one line on stderr, and the exit code 2."""
    assert exit_code(monkeypatch, "docs/no-such-page.md") == 2
    assert capsys.readouterr().err == "There is no page docs/no-such-page.md.\n"
