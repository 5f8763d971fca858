"""What the header of a patch must have, and which files its diff may change."""

from pathlib import Path

import pytest

from lab import catalogue
from lab.catalogue import FIELDS, Kind
from lab.tests.runs.files import make_patch
from tools.common import ToolError

PRICES = make_patch("app/prices.py", "cents * 119 // 100", "cents")
HEAD, DIFF = PRICES.split("\n\n", 1)
OF_A_TEST = "--- a/tests/t.py\n+++ b/tests/t.py\n@@ -1 +1 @@\n-a\n+b\n"


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty catalogue."""
    for kind in Kind:
        (tmp_path / f"{kind}s").mkdir()
    monkeypatch.setattr(catalogue, "LAB", tmp_path)
    return tmp_path


def write(lab: Path, name: str, content: str) -> Path:
    """Write a file of the catalogue."""
    path = lab / f"{name}.patch"
    path.write_text(content, encoding="utf-8")
    return path


def test_reads_a_patch(lab: Path) -> None:
    """A value may continue on indented lines, and git names the files of the diff."""
    content = make_patch("app/prices.py", "cents)", "euros)", predicted="unit,\n e2e", title="Dear")
    path = write(lab, "faults/dear", content.replace("title: Dear", "title: All is\n  dear"))

    patch = catalogue.read(path, Kind.FAULT)

    assert patch.name == "dear"
    assert patch.title == "All is dear"
    assert patch.predicted == frozenset({"unit", "e2e"})
    assert patch.files == frozenset({"app/prices.py"})


@pytest.mark.parametrize("field", FIELDS)
def test_requires_every_field(field: str, lab: Path) -> None:
    """The error names the missing field."""
    path = write(lab, "faults/dear", PRICES.replace(f"{field}:", f"no-{field}:"))

    with pytest.raises(ToolError, match=rf"dear\.patch: its header lacks “{field}:”\.$"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("topic", "politics", "its topic must be one of sign-in, ownership, "),
        ("source", "hearsay", "its source must be a link or “own”"),
        ("predicted", "unit, acceptance", "predicted must be “none” or a list of unit, "),
    ],
)
def test_refuses_an_invalid_value(field: str, value: str, error: str, lab: Path) -> None:
    """The report sorts by topic, links to the source, and scores the prediction."""
    patch = make_patch("app/prices.py", "cents)", "euros)", **{field: value})
    path = write(lab, "faults/dear", patch)

    with pytest.raises(ToolError, match=rf"dear\.patch: {error}"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("diff", "error"),
    [
        pytest.param("", "git cannot read its diff", id="empty"),
        pytest.param(DIFF[:-60], "git cannot read its diff", id="cut off"),
        pytest.param(DIFF + OF_A_TEST, "it changes tests/t.py", id="app and tests"),
    ],
)
def test_refuses_a_diff_that_is_not_of_app_alone(diff: str, error: str, lab: Path) -> None:
    """A patch that changed the tests would measure nothing."""
    path = write(lab, "faults/dear", f"{HEAD}\n\n{diff}")

    with pytest.raises(ToolError, match=rf"dear\.patch: {error}") as raised:
        catalogue.read(path, Kind.FAULT)

    assert len(str(raised.value).splitlines()) == 1


def test_refuses_an_invalid_name(lab: Path) -> None:
    """A name consists of lower-case words and hyphens, so that it is easy to type."""
    path = write(lab, "faults/so_dear", PRICES)

    with pytest.raises(ToolError, match="its name must consist of lower-case words"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("second", "title", "same"),
    [
        pytest.param("refactorings/dear", "Cheap", "name", id="name"),
        pytest.param("faults/cheap", "DEAR", "title", id="title"),
    ],
)
def test_refuses_a_duplicate(second: str, title: str, same: str, lab: Path) -> None:
    """Names and titles are unique, across faults and refactorings."""
    write(lab, "faults/dear", make_patch("app/prices.py", "cents)", "euros)", title="Dear"))
    write(lab, second, make_patch("app/prices.py", "cents)", "euros)", title=title))

    with pytest.raises(ToolError, match=rf"\.patch has the {same} of .*\.patch\.$"):
        catalogue.read_all()


def test_sorts_faults_first_then_by_topic_and_name(lab: Path) -> None:
    """The report shows the patches in the order of the catalogue."""
    for name, topic in (("refactorings/one", "sql"), ("faults/two", "page"), ("faults/c", "sql")):
        write(lab, name, make_patch("app/prices.py", "cents)", "euros)", topic=topic, title=name))

    names = [patch.name for patch in catalogue.read_all()]

    assert names == ["c", "two", "one"]
