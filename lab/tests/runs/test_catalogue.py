"""What the header of a patch must say, and what its diff may touch: git reads the diff."""

from pathlib import Path

import pytest

from lab import catalogue
from lab.catalogue import FIELDS, Kind
from lab.tests.runs.files import make_patch
from tools.common import ToolError

PRICES = make_patch("app/prices.py", "cents * 119 // 100", "cents")
HEAD, DIFF = PRICES.split("\n\n", 1)
A_LINE = "@@ -1 +1 @@\n-a\n+b\n"


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
    """Values may go on in lines that are indented; what git applies is the diff."""
    content = make_patch("app/prices.py", "cents)", "euros)", predicted="unit,\n e2e", title="Dear")
    path = write(lab, "faults/dear", content.replace("title: Dear", "title: All is\n  dear"))

    patch = catalogue.read(path, Kind.FAULT)

    assert patch.name == "dear"
    assert patch.title == "All is dear"
    assert patch.predicted == frozenset({"unit", "e2e"})
    assert patch.files == frozenset({"app/prices.py"})


@pytest.mark.parametrize("field", FIELDS)
def test_demands_every_field(field: str, lab: Path) -> None:
    """A header that lacks a field is refused, with the field's name."""
    path = write(lab, "faults/dear", PRICES.replace(f"{field}:", f"no-{field}:"))

    with pytest.raises(ToolError, match=rf"dear\.patch: its header lacks “{field}:”\.$"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("field", "value", "flaw"),
    [
        ("topic", "politics", "its topic is none of sign-in, ownership, "),
        ("source", "hearsay", "its source is neither a link nor “own”"),
        ("predicted", "unit, acceptance", "predicted is neither “none” nor some of unit, "),
    ],
)
def test_refuses_a_value_that_means_nothing(field: str, value: str, flaw: str, lab: Path) -> None:
    """What a report sorts by, links to and scores must be what it can use."""
    patch = make_patch("app/prices.py", "cents)", "euros)", **{field: value})
    path = write(lab, "faults/dear", patch)

    with pytest.raises(ToolError, match=rf"dear\.patch: {flaw}"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("diff", "flaw"),
    [
        pytest.param("", "holds no diff that git understands", id="empty"),
        pytest.param("Cents, not euros.\n", "holds no diff that git understands", id="prose"),
        pytest.param(DIFF[:-60], "holds no diff that git understands", id="cut off"),
        pytest.param(
            f"--- a/tests/t.py\n+++ b/tests/t.py\n{A_LINE}", "changes tests/t.py", id="tests"
        ),
        pytest.param(
            f"{DIFF}--- a/tests/t.py\n+++ b/tests/t.py\n{A_LINE}", "changes tests/t.py", id="both"
        ),
    ],
)
def test_refuses_what_is_no_change_of_the_service(diff: str, flaw: str, lab: Path) -> None:
    """A patch changes app/ alone: one that changes the tests measures nothing."""
    path = write(lab, "faults/dear", f"{HEAD}\n\n{diff}")

    with pytest.raises(ToolError, match=rf"dear\.patch: it {flaw}") as refusal:
        catalogue.read(path, Kind.FAULT)

    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["Dear", "so_dear", "-dear", "dear--dear"])
def test_refuses_a_name_that_is_hard_to_type(name: str, lab: Path) -> None:
    """Names are lower-case words with hyphens."""
    path = write(lab, f"faults/{name}", PRICES)

    with pytest.raises(ToolError, match="its name is not made of lower-case words"):
        catalogue.read(path, Kind.FAULT)


@pytest.mark.parametrize(
    ("second", "title", "same"),
    [
        pytest.param("refactorings/dear", "Cheap", "name", id="name"),
        pytest.param("faults/cheap", "DEAR", "title", id="title"),
    ],
)
def test_refuses_what_is_there_twice(second: str, title: str, same: str, lab: Path) -> None:
    """A fault and a refactoring have no name in common, and no two patches a title."""
    write(lab, "faults/dear", make_patch("app/prices.py", "cents)", "euros)", title="Dear"))
    write(lab, second, make_patch("app/prices.py", "cents)", "euros)", title=title))

    with pytest.raises(ToolError, match=rf"\.patch has the {same} of .*\.patch\.$"):
        catalogue.read_all()


def test_sorts_faults_first_then_by_topic_and_name(lab: Path) -> None:
    """The catalogue's order is that of the report."""
    topics = {
        "refactorings/one": "sql",
        "faults/two": "page",
        "faults/four": "sql",
        "faults/three": "sql",
    }
    for name, topic in topics.items():
        write(lab, name, make_patch("app/prices.py", "cents)", "euros)", topic=topic, title=name))

    names = [patch.name for patch in catalogue.read_all()]

    assert names == ["four", "three", "two", "one"]
