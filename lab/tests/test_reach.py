from pathlib import Path

import pytest

from lab import reach
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
    """Return one in which the tests execute these lines of the file."""
    return make_baseline(tests=TESTS, lines={FILE: lines})


@pytest.mark.parametrize(
    ("executed", "reached"),
    [
        pytest.param({"2": [ADDS]}, {ADDS}, id="one test"),
        pytest.param({"2": [ADDS], "3": [GREETS]}, {ADDS, GREETS}, id="two tests, two lines"),
        pytest.param({"1": [ROUNDS], "4": [GREETS]}, set(), id="lines before and after"),
        pytest.param({"3": ["tests/test_a.py"]}, {ADDS, ROUNDS}, id="what a file's tests share"),
        pytest.param({"3": [""]}, set(TESTS), id="what all share"),
    ],
)
def test_asks_the_tests_that_execute_the_function(
    executed: dict[str, list[str]], reached: set[str]
) -> None:
    """A test that never executes a changed function need not run."""
    change = Change(FILE, frozenset({2}), BODY)

    assert reach.tests_that_reach([change], baseline(executed), in_browser=False) == reached


def test_asks_the_tests_that_use_a_changed_constant() -> None:
    """A file of tests may read a constant that no function under test uses."""
    change = Change(FILE, frozenset({2}), BODY, tests=frozenset({"tests/test_b.py"}))

    assert reach.tests_that_reach([change], baseline({}), in_browser=False) == {GREETS}


@pytest.mark.parametrize(
    ("executed", "reached"),
    [({"2": [ADDS]}, set(TESTS)), ({"4": [ADDS]}, set())],
    ids=["one can tell", "none can"],
)
def test_asks_all_in_a_browser_or_none(executed: dict[str, list[str]], reached: set[str]) -> None:
    """Browser tests share a database: what one sees may be what another left there."""
    change = Change(FILE, frozenset({2}), BODY)

    assert reach.tests_that_reach([change], baseline(executed), in_browser=True) == reached


def test_asks_all_when_every_importer_can_tell() -> None:
    """A change outside of functions concerns every test."""
    change = Change(FILE, frozenset({1}), None)

    assert reach.tests_that_reach([change], baseline({"2": [ADDS]}), in_browser=False) == set(TESTS)


def test_adds_up_what_several_changes_reach() -> None:
    """With two changes, the tests of either run."""
    known = make_baseline(tests=TESTS, lines={FILE: {"2": [ADDS]}, "app/b.py": {"2": [GREETS]}})
    both = [Change(file, frozenset({2}), BODY) for file in (FILE, "app/b.py")]

    assert reach.tests_that_reach(both, known, in_browser=False) == {ADDS, GREETS}


def test_asks_the_tests_that_read_a_module_as_a_file() -> None:
    """A test may look at the source itself; that Python's own import opens it does not count."""
    known = make_baseline(tests=TESTS, lines={}, opened={FILE: ["", GREETS]})

    reached = reach.tests_that_reach([Change(FILE, frozenset({2}), BODY)], known, in_browser=False)

    assert reached == {GREETS}


@pytest.mark.parametrize(
    ("in_browser", "reached"),
    [(False, {ADDS}), (True, set(TESTS))],
    ids=["elsewhere", "in a browser"],
)
def test_asks_the_tests_that_open_another_file(*, in_browser: bool, reached: set[str]) -> None:
    """A browser asks the service for the page, whichever test it is."""
    known = make_baseline(tests=TESTS, opened={"app/web/index.html": [ADDS]})
    change = Change("app/web/index.html", frozenset({2}), None)

    assert reach.tests_that_reach([change], known, in_browser=in_browser) == reached


@pytest.mark.parametrize(("line", "executed"), [(2, True), (3, False)])
def test_a_changed_line_is_executed_or_not(*, line: int, executed: bool) -> None:
    """Coverage tells of a line of Python whether any test executes it."""
    change = Change(FILE, frozenset({line}), BODY)

    assert reach.executes([change], baseline({"2": [ADDS]}), NOWHERE, in_browser=False) == executed


@pytest.mark.parametrize(("opened", "executed"), [([ADDS], True), (None, False)])
def test_a_file_that_is_not_python_is_executed_when_it_is_opened(
    *, opened: list[str] | None, executed: bool
) -> None:
    """A migration counts as executed where the layer reads it."""
    file = "app/migrations/0001_users.sql"
    known = make_baseline(opened={file: opened} if opened else {})

    assert (
        reach.executes([Change(file, frozenset({1}), None)], known, NOWHERE, in_browser=False)
        == executed
    )


SCRIPT = "start();\nfunction start() {\n  go();\n}\nfunction stop() {\n  halt();\n}\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a folder whose app/ has a script of two functions."""
    file = tmp_path / "app/web/static/js/main.js"
    file.parent.mkdir(parents=True)
    file.write_text(SCRIPT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "in_browser", "executed"),
    [
        pytest.param(1, True, True, id="outside of functions"),
        pytest.param(3, True, True, id="in a function that is called"),
        pytest.param(6, True, False, id="in a function that is not"),
        pytest.param(3, False, False, id="without a browser"),
    ],
)
def test_the_page_is_executed_by_a_browser(
    page: Path, *, line: int, in_browser: bool, executed: bool
) -> None:
    """Nothing but a browser does what a script says, and it tells which functions it called."""
    module = "/static/js/main.js"
    starts = {"": (0, True), "start": (SCRIPT.index("function start"), True)}
    starts["stop"] = (SCRIPT.index("function stop"), False)
    known = make_baseline(functions=[[module, name, *start] for name, start in starts.items()])
    change = Change("app/web/static/js/main.js", frozenset({line}), None)

    assert reach.executes([change], known, page, in_browser=in_browser) == executed


def test_a_page_without_functions_is_executed_by_a_browser(page: Path) -> None:
    """Of HTML and CSS nothing is recorded; a browser shows all of it."""
    (page / "app/web/index.html").write_text("<p>", encoding="utf-8")
    change = Change("app/web/index.html", frozenset({1}), None)

    assert reach.executes([change], make_baseline(), page, in_browser=True)
