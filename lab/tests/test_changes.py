from collections.abc import Callable
from pathlib import Path

import pytest

from lab.changes import Change, changes

Compare = Callable[..., list[Change]]

PRICES = """\
RATE = 19
SHOWN = f"{RATE} %"
UNUSED = 0


def tax(cents):
    return (
        cents
        * RATE
    )


def label(text):
    def whole():
        return f"{text}, {SHOWN}"

    return whole()


def nothing():
    pass
"""
IMPORTS_RATE = "from app.prices import RATE"
TAX, LABEL, NOTHING = (7, 10), (14, 17), (21, 21)


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Return a function that compares two versions of a file, beside another that stays."""

    def compare(
        before: str, after: str, file: str = "prices.py", other: str = "", place: str = "app/b.py"
    ) -> list[Change]:
        for version, content in (("before", before), ("after", after)):
            app = tmp_path / version / "app"
            app.mkdir(parents=True)
            (tmp_path / version / place).parent.mkdir(exist_ok=True)
            (tmp_path / version / place).write_text(other, encoding="utf-8")
            (app / file).write_text(content, encoding="utf-8")
        return changes(tmp_path / "before", tmp_path / "after")

    return compare


def test_finds_no_change_in_equal_folders(compare: Compare) -> None:
    """Equal files are not listed."""
    assert compare(PRICES, PRICES) == []


@pytest.mark.parametrize(
    ("old", "new", "lines", "functions"),
    [
        pytest.param("* RATE\n", "/ RATE\n", {7}, {TAX}, id="a line within a statement"),
        pytest.param("{text},", "{text}:", {15}, {LABEL}, id="a function in a function"),
        pytest.param("    pass", "    pass\n    pass", {21}, {NOTHING}, id="an insertion"),
        pytest.param("def nothing", "# Why.\ndef nothing", set(), set(), id="a comment"),
        pytest.param(
            "RATE = 19", "RATE = 7", {7, 8, 9, 10, 14, 15, 16, 17}, {TAX, LABEL}, id="used"
        ),
        pytest.param("UNUSED = 0", "UNUSED = 1", set(), set(), id="an unused constant"),
    ],
)
def test_finds_the_affected_functions(
    old: str, new: str, lines: set[int], functions: set[tuple[int, int]], compare: Compare
) -> None:
    """They are those whose bodies changed, and those that use a changed constant."""
    [change] = compare(PRICES, PRICES.replace(old, new))

    assert change == Change("app/prices.py", frozenset(lines), frozenset(functions))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("RATE = 19", "import os\nRATE = 19", id="import"),
        pytest.param("def label(text)", "def label(text='')", id="default"),
        pytest.param("def nothing", "@property\ndef nothing", id="decorator"),
        pytest.param("def nothing", "def nowhere", id="name"),
        pytest.param("    pass", "    pass\n\n\ndef more():\n    pass", id="new function"),
        pytest.param("    pass", "    pass)", id="syntax error"),
    ],
)
def test_code_outside_of_functions_affects_every_importer(
    old: str, new: str, compare: Compare
) -> None:
    """It runs when the module is imported."""
    [change] = compare(PRICES, PRICES.replace(old, new))

    assert change.functions is None


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("prices.py", IMPORTS_RATE),
        ("prices.py", "from app.prices import (\n    RATE,\n)"),
        ("prices.py", "from app import prices\n\nprint(prices.RATE)"),
        ("prices.py", "import app.prices\n\nprint(app.prices.RATE)"),
        ("__init__.py", "from app import RATE"),
    ],
)
def test_an_imported_constant_affects_every_importer(
    file: str, other: str, compare: Compare
) -> None:
    """Its uses in other files of the service are not traced."""
    [change] = compare("RATE = 19\n", "RATE = 7\n", file=file, other=other)

    assert change.functions is None


def test_a_constant_that_a_test_file_imports_affects_its_tests(compare: Compare) -> None:
    """They may notice the change without calling a function that uses the constant."""
    place = "tests/test_prices.py"

    [change] = compare(PRICES, PRICES.replace("19", "7"), other=IMPORTS_RATE, place=place)

    assert change.functions == frozenset({TAX, LABEL})
    assert change.tests == frozenset({place})


def test_a_constant_that_a_test_helper_imports_affects_every_importer(compare: Compare) -> None:
    """The tests that use a helper are not traced."""
    [change] = compare(PRICES, PRICES.replace("19", "7"), other=IMPORTS_RATE, place="tests/a.py")

    assert change.functions is None


def test_a_constant_as_a_default_affects_every_importer(compare: Compare) -> None:
    """A default value is evaluated when the module is imported."""
    before = PRICES.replace("(text)", "(text=RATE)")

    [change] = compare(before, before.replace("19", "7"))

    assert change.functions is None


# As the getter and the setter of a property, for instance.
TWICE = """\
class Net:
    def price(self):
        return 100

    def price(self):
        return 119
"""


def test_distinguishes_methods_with_the_same_name(compare: Compare) -> None:
    """Two classes may each have a method of that name."""
    two_classes = TWICE.replace("\n\n", "\nclass Gross:\n")

    [change] = compare(two_classes, two_classes.replace("119", "107"))

    assert change.functions == frozenset({(6, 6)})


@pytest.mark.parametrize(
    "before", [pytest.param(TWICE, id="methods"), pytest.param("A = 100\nA = 2\n", id="constants")]
)
def test_a_name_that_is_defined_twice_affects_every_importer(before: str, compare: Compare) -> None:
    """Which of the two definitions counts depends on more than the module's text."""
    [change] = compare(before, before.replace("100", "99"))

    assert change.functions is None


@pytest.mark.parametrize("before", ["print(\n    1,\n)\n", "PRICE: int = (\n    1\n)\n"])
def test_a_change_within_a_statement_is_at_its_first_line(before: str, compare: Compare) -> None:
    """Coverage counts a statement of several lines at its first line."""
    [change] = compare(before, before.replace("    1", "    2"))

    assert change.lines == frozenset({1})


def test_lists_the_changed_lines_of_other_files(compare: Compare) -> None:
    """They have no functions; an insertion changes the lines around it."""
    [change] = compare("a\nb\nc\nd\n", "a\nB\nc\nmore\nd\n", file="index.html")

    assert change == Change("app/index.html", frozenset({2, 3, 4}), None)


@pytest.mark.parametrize("side", ["before", "after"])
def test_finds_a_file_that_was_added_or_removed(
    side: str, compare: Compare, tmp_path: Path
) -> None:
    """A file that only one of the two folders has is a change."""
    compare("", "")
    (tmp_path / side / "app/page.html").write_text("<p>", encoding="utf-8")

    [change] = changes(tmp_path / "before", tmp_path / "after")

    assert change.file == "app/page.html"
