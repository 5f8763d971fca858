"""The check that each command in the guide still prints what its page shows."""

from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from docs import check_output
from tools.common import ToolError

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
    """Whatever the page shows, its command prints "1 todo"."""
    page = tmp_path / "question.md"
    mocker.patch("sys.argv", ["check_output", str(page)])
    mocker.patch.object(check_output, "ROOT", tmp_path)
    return page


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


def test_accepts_the_output_on_the_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another number is no difference, and the fence marked `sh` is not an example."""
    page.write_text(PAGE.format("2 todo"), encoding="utf-8")

    assert check_output.main() == 0
    assert capsys.readouterr().out.endswith("1 of 1 commands print what their pages show.\n")


def test_shows_how_the_output_differs(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, and a diff shows the line of the page and the line that was printed."""
    page.write_text(PAGE.format("no todo"), encoding="utf-8")

    assert check_output.main() == 1
    assert "-no todo\n+0 todo" in capsys.readouterr().out


def test_refuses_a_slow_command(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that prints the right output but takes too long is an error as well."""
    page.write_text(PAGE.format("1 todo"), encoding="utf-8")
    monkeypatch.setattr(check_output, "MAX_SECONDS", 0)

    assert check_output.main() == 1


def test_records_the_output(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --record the page shows the present output, and the rest of the page is unchanged."""
    page.write_text(PAGE.format("no todo"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["check_output", str(page), "--record"])

    check_output.main()

    assert page.read_text(encoding="utf-8") == PAGE.format("1 todo")


def test_names_a_missing_page(page: Path) -> None:
    """A path that is wrong must not look like a page without examples."""
    with pytest.raises(ToolError, match=f"There is no page {page}."):
        check_output.main()
