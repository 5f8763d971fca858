"""What the guide's pages say that commands print."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from docs import see_it

PAGE = """# A question?

```console
$ echo 1 fault
{}
```

```sh
make see
```
"""


@pytest.fixture
def page(tmp_path: Path, mocker: MockerFixture) -> Path:
    """Return a page of another project; whatever it lets run prints "1 fault"."""
    mocker.patch.object(see_it, "ROOT", tmp_path)
    done = subprocess.CompletedProcess("", 0, stdout="1 fault\n")
    mocker.patch.object(subprocess, "run", autospec=True, return_value=done)
    return tmp_path / "question.md"


def exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Return the exit code of the command with these arguments."""
    monkeypatch.setattr(sys, "argv", ["see_it", *arguments])
    with pytest.raises(SystemExit) as ended:
        see_it.main()
    return ended.value.code


def test_finds_what_a_page_promises(page: Path) -> None:
    """A fence marked console is a command and its output; other fences promise nothing."""
    page.write_text(PAGE.format("1 fault"), encoding="utf-8")

    (promise,) = see_it.promises(page)

    assert promise.command == "echo 1 fault"
    assert promise.output == "1 fault\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("3 passed in 0.12s", "14 passed in 1s", id="counts and times"),
        pytest.param("at 08:59:01", "at 9:00:00", id="a time of day"),
        pytest.param("a    12", "a 1,200", id="the width of a column"),
    ],
)
def test_numbers_may_differ(one: str, other: str) -> None:
    """Two outputs that differ in numbers alone are the same."""
    assert see_it.normalised(other) == see_it.normalised(one)


def test_words_may_not_differ() -> None:
    """A test that fails is no test that passes, however many they are."""
    assert see_it.normalised("3 passed") != see_it.normalised("3 failed")


def test_a_kept_promise_is_no_error(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is 0 where every command prints what its page says."""
    page.write_text(PAGE.format("2 fault"), encoding="utf-8")

    assert not exit_code(monkeypatch, str(page))


def test_a_broken_promise_is_shown(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another output is an error, which shows what the page says and what was printed."""
    page.write_text(PAGE.format("no fault"), encoding="utf-8")

    assert exit_code(monkeypatch, str(page))
    assert "-no fault\n+0 fault" in capsys.readouterr().out


def test_too_long_a_wait_is_an_error(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that prints the right thing too late breaks its promise as well."""
    page.write_text(PAGE.format("1 fault"), encoding="utf-8")
    monkeypatch.setattr(see_it, "SECONDS", 0)

    assert exit_code(monkeypatch, str(page))


def test_records_what_is_printed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --record the page says what the command prints, and all else stays."""
    page.write_text(PAGE.format("no fault"), encoding="utf-8")

    exit_code(monkeypatch, str(page), "--record")

    assert page.read_text(encoding="utf-8") == PAGE.format("1 fault")


def test_a_page_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name is one line, and the exit code 2."""
    assert exit_code(monkeypatch, "docs/no-such-page.md") == 2
    assert capsys.readouterr().err == "There is no page docs/no-such-page.md.\n"
