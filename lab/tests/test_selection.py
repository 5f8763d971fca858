from pathlib import Path

import pytest

from lab import selection
from lab.baseline import Baseline
from lab.changes import Change
from lab.tests.factories import make_baseline

ADDS, ROUNDS = "tests/test_a.py::test_adds", "tests/test_a.py::test_rounds"
GREETS = "tests/test_b.py::test_greets"
FILE, PAGE, SQL = "app/prices.py", "app/web/index.html", "app/migrations/0001_users.sql"
SCRIPT = "app/web/static/js/main.js"
TESTS = {ADDS: 0.1, ROUNDS: 0.1, GREETS: 0.1}
BODY = Change(FILE, frozenset({2}), frozenset({(2, 3)}))


def baseline(**lines: list[str]) -> Baseline:
    """Return a baseline in which these tests execute the lines of the file, such as `line_2`."""
    executed = {name.removeprefix("line_"): tests for name, tests in lines.items()}
    return make_baseline(tests=TESTS, lines={FILE: executed})


@pytest.mark.parametrize(
    ("known", "selected"),
    [
        pytest.param(baseline(line_2=[ADDS]), {ADDS}, id="one test"),
        pytest.param(baseline(line_2=[ADDS], line_3=[GREETS]), {ADDS, GREETS}, id="two tests"),
        pytest.param(baseline(line_1=[ROUNDS], line_4=[GREETS]), set(), id="lines around it"),
        pytest.param(
            baseline(line_3=["tests/test_a.py"]), {ADDS, ROUNDS}, id="what a file's tests share"
        ),
        pytest.param(baseline(line_3=[""]), set(TESTS), id="what all share"),
    ],
)
def test_selects_the_tests_that_execute_the_function(known: Baseline, selected: set[str]) -> None:
    """A test that never executes the changed function cannot notice the change."""
    assert selection.select_tests([BODY], known, in_browser=False) == selected


@pytest.mark.parametrize(
    ("known", "selected"),
    [(baseline(line_2=[ADDS]), set(TESTS)), (baseline(line_4=[ADDS]), set())],
    ids=["one executes it", "none does"],
)
def test_selects_all_browser_tests_or_none(known: Baseline, selected: set[str]) -> None:
    """Browser tests share a database, where one may see what another one left."""
    assert selection.select_tests([BODY], known, in_browser=True) == selected


def test_selects_the_test_files_that_use_a_changed_constant() -> None:
    """A test may read a constant that no function of the service uses."""
    change = Change(FILE, BODY.lines, BODY.functions, tests=frozenset({"tests/test_b.py"}))

    assert selection.select_tests([change], baseline(), in_browser=False) == {GREETS}


def test_selects_all_tests_if_every_importer_is_affected() -> None:
    """Code outside of functions runs when a module is imported, whichever test does that."""
    change = Change(FILE, frozenset({1}), None)

    selected = selection.select_tests([change], baseline(line_2=[ADDS]), in_browser=False)

    assert selected == set(TESTS)


def test_selects_the_tests_of_every_change() -> None:
    """A test that can notice one of two changes runs."""
    known = make_baseline(tests=TESTS, lines={FILE: {"2": [ADDS]}}, opened={SQL: [GREETS]})
    changes = [BODY, Change(SQL, frozenset({1}), None)]

    assert selection.select_tests(changes, known, in_browser=False) == {ADDS, GREETS}


def test_selects_the_tests_that_read_a_module_as_a_file() -> None:
    """A test may check the source itself; that an import opens the file does not count."""
    known = make_baseline(tests=TESTS, lines={}, opened={FILE: ["", GREETS]})

    assert selection.select_tests([BODY], known, in_browser=False) == {GREETS}


@pytest.mark.parametrize(
    ("in_browser", "opened", "selected"),
    [(False, {PAGE: [ADDS]}, {ADDS}), (True, {}, set(TESTS))],
    ids=["without a browser", "in a browser"],
)
def test_selects_the_tests_that_open_a_changed_file(
    opened: dict[str, list[str]], selected: set[str], *, in_browser: bool
) -> None:
    """Every browser test loads the page through the service, which may have opened it before."""
    known = make_baseline(tests=TESTS, opened=opened)
    change = Change(PAGE, frozenset({2}), None)

    assert selection.select_tests([change], known, in_browser=in_browser) == selected


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a folder with a page whose script has two functions."""
    file = tmp_path / SCRIPT
    file.parent.mkdir(parents=True)
    file.write_text("start();\nfunction start() {\n  go();\n}\nfunction stop() {\n  halt();\n}\n")
    (tmp_path / PAGE).write_text("<p>")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "in_browser", "executed"),
    [
        pytest.param(FILE, 2, False, True, id="Python that a test executes"),
        pytest.param(FILE, 3, False, False, id="Python that no test executes"),
        pytest.param(SQL, 1, False, True, id="a file that a test opens"),
        pytest.param("app/more.sql", 1, False, False, id="a file that no test opens"),
        pytest.param(SCRIPT, 1, True, True, id="JavaScript outside of functions"),
        pytest.param(SCRIPT, 3, True, True, id="JavaScript in a function that is called"),
        pytest.param(SCRIPT, 6, True, False, id="JavaScript in a function that is not called"),
        pytest.param(SCRIPT, 3, False, False, id="JavaScript without a browser"),
        pytest.param(PAGE, 1, True, True, id="HTML in a browser"),
    ],
)
def test_knows_whether_a_changed_line_is_executed(
    file: str, line: int, page: Path, *, in_browser: bool, executed: bool
) -> None:
    """Coverage and the browser know it; SQL, JSON and HTML have no coverage, so opening counts."""
    functions = [["", 0, True], ["start", 9, True], ["stop", 38, False]]
    known = make_baseline(
        lines={FILE: {"2": [ADDS]}},
        opened={SQL: [ADDS]},
        functions=[["/static/js/main.js", *function] for function in functions],
    )
    change = Change(file, frozenset({line}), None)

    assert selection.executes([change], known, page, in_browser=in_browser) == executed
