from pathlib import Path

import pytest

from lab import selection
from lab.baseline import Baseline
from lab.changes import Change
from lab.tests.factories import make_baseline

ADDS, ROUNDS = "tests/test_a.py::test_adds", "tests/test_a.py::test_rounds"
GREETS = "tests/test_b.py::test_greets"
FILE = "app/prices.py"
TESTS = {ADDS: 0.1, ROUNDS: 0.1, GREETS: 0.1}
BODY = frozenset({(2, 3)})
NOWHERE = Path("nowhere")


def baseline(lines: dict[str, list[str]]) -> Baseline:
    """Return a baseline in which the tests execute these lines of the file."""
    return make_baseline(tests=TESTS, lines={FILE: lines})


@pytest.mark.parametrize(
    ("executed", "selected"),
    [
        pytest.param({"2": [ADDS]}, {ADDS}, id="one test"),
        pytest.param({"2": [ADDS], "3": [GREETS]}, {ADDS, GREETS}, id="two tests, two lines"),
        pytest.param({"1": [ROUNDS], "4": [GREETS]}, set(), id="lines before and after"),
        pytest.param({"3": ["tests/test_a.py"]}, {ADDS, ROUNDS}, id="what a file's tests share"),
        pytest.param({"3": [""]}, set(TESTS), id="what all share"),
    ],
)
def test_selects_the_tests_that_execute_the_function(
    executed: dict[str, list[str]], selected: set[str]
) -> None:
    """A test that never executes the changed function cannot notice the change."""
    change = Change(FILE, frozenset({2}), BODY)

    assert selection.select_tests([change], baseline(executed), in_browser=False) == selected


def test_selects_the_test_files_that_use_a_changed_constant() -> None:
    """A test may read a constant that no function of the service uses."""
    change = Change(FILE, frozenset({2}), BODY, tests=frozenset({"tests/test_b.py"}))

    assert selection.select_tests([change], baseline({}), in_browser=False) == {GREETS}


@pytest.mark.parametrize(
    ("executed", "selected"),
    [({"2": [ADDS]}, set(TESTS)), ({"4": [ADDS]}, set())],
    ids=["one executes it", "none does"],
)
def test_selects_all_browser_tests_or_none(
    executed: dict[str, list[str]], selected: set[str]
) -> None:
    """Browser tests share a database, where one may see what another one left."""
    change = Change(FILE, frozenset({2}), BODY)

    assert selection.select_tests([change], baseline(executed), in_browser=True) == selected


def test_selects_all_tests_if_every_importer_is_affected() -> None:
    """Code outside of functions runs when a module is imported, whichever test does that."""
    change = Change(FILE, frozenset({1}), None)

    assert selection.select_tests([change], baseline({"2": [ADDS]}), in_browser=False) == set(TESTS)


def test_selects_the_tests_of_every_change() -> None:
    """A test that can notice one of two changes runs."""
    known = make_baseline(tests=TESTS, lines={FILE: {"2": [ADDS]}, "app/b.py": {"2": [GREETS]}})
    both = [Change(file, frozenset({2}), BODY) for file in (FILE, "app/b.py")]

    assert selection.select_tests(both, known, in_browser=False) == {ADDS, GREETS}


def test_selects_the_tests_that_read_a_module_as_a_file() -> None:
    """A test may check the source itself; that an import opens the file does not count."""
    known = make_baseline(tests=TESTS, lines={}, opened={FILE: ["", GREETS]})

    selected = selection.select_tests([Change(FILE, frozenset({2}), BODY)], known, in_browser=False)

    assert selected == {GREETS}


@pytest.mark.parametrize(
    ("in_browser", "selected"),
    [(False, {ADDS}), (True, set(TESTS))],
    ids=["without a browser", "in a browser"],
)
def test_selects_the_tests_that_open_a_changed_file(
    *, in_browser: bool, selected: set[str]
) -> None:
    """Every browser test loads the page through the service."""
    known = make_baseline(tests=TESTS, opened={"app/web/index.html": [ADDS]})
    change = Change("app/web/index.html", frozenset({2}), None)

    assert selection.select_tests([change], known, in_browser=in_browser) == selected


@pytest.mark.parametrize(("line", "executed"), [(2, True), (3, False)])
def test_coverage_decides_whether_a_changed_line_is_executed(*, line: int, executed: bool) -> None:
    """A changed line is executed if any test of the layer executes it."""
    change = Change(FILE, frozenset({line}), BODY)

    assert (
        selection.executes([change], baseline({"2": [ADDS]}), NOWHERE, in_browser=False) == executed
    )


@pytest.mark.parametrize(("opened", "executed"), [([ADDS], True), (None, False)])
def test_a_file_other_than_python_counts_as_executed_if_it_is_opened(
    *, opened: list[str] | None, executed: bool
) -> None:
    """SQL and JSON have no coverage, so opening the file has to do."""
    file = "app/migrations/0001_users.sql"
    known = make_baseline(opened={file: opened} if opened else {})

    assert (
        selection.executes([Change(file, frozenset({1}), None)], known, NOWHERE, in_browser=False)
        == executed
    )


SCRIPT = "start();\nfunction start() {\n  go();\n}\nfunction stop() {\n  halt();\n}\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a folder with a page whose script has two functions."""
    file = tmp_path / "app/web/static/js/main.js"
    file.parent.mkdir(parents=True)
    file.write_text(SCRIPT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "in_browser", "executed"),
    [
        pytest.param(1, True, True, id="outside of functions"),
        pytest.param(3, True, True, id="in a function that is called"),
        pytest.param(6, True, False, id="in a function that is not called"),
        pytest.param(3, False, False, id="without a browser"),
    ],
)
def test_only_a_browser_executes_the_script_of_the_page(
    page: Path, *, line: int, in_browser: bool, executed: bool
) -> None:
    """The browser reports which functions it called."""
    module = "/static/js/main.js"
    starts = {"": (0, True), "start": (SCRIPT.index("function start"), True)}
    starts["stop"] = (SCRIPT.index("function stop"), False)
    known = make_baseline(functions=[[module, name, *start] for name, start in starts.items()])
    change = Change("app/web/static/js/main.js", frozenset({line}), None)

    assert selection.executes([change], known, page, in_browser=in_browser) == executed


def test_only_a_browser_executes_html_and_css(page: Path) -> None:
    """They have no coverage, so every change of them counts as executed."""
    (page / "app/web/index.html").write_text("<p>", encoding="utf-8")
    change = Change("app/web/index.html", frozenset({1}), None)

    assert selection.executes([change], make_baseline(), page, in_browser=True)
