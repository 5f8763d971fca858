"""The files of the project on which the lab is run: two modules, two layers, a catalogue."""

from difflib import unified_diff

PRICES = """\
def with_tax(cents):
    return cents * 119 // 100


def rounded(cents):
    return round(cents, -1)
"""
WORDS = """\
def greeting(name):
    return f"Hello, {name}"


def farewell(name):
    return f"Goodbye, {name}"
"""
TEST_PRICES = """\
from app.prices import rounded, with_tax


def test_adds_the_tax():
    assert with_tax(100) == 119


def test_adds_no_tax_to_nothing():
    assert with_tax(0) == 0 and with_tax(1000) == 1190


def test_rounds():
    assert rounded(96) > 90
"""
TEST_WORDS = """\
from app.words import greeting


def test_greets():
    assert greeting("Ada") == "Hello, Ada"
"""
# It fails if the database is not empty.
TEST_DATABASE = """\
import os

import psycopg

from app.words import farewell


def test_stores_the_words():
    with psycopg.connect(os.environ["TEST_POSTGRES"]) as connection:
        connection.execute("CREATE TABLE said AS SELECT %s::text AS words", [farewell("Ada")])
        assert connection.execute("SELECT words FROM said").fetchone() == ("Goodbye, Ada",)
"""
APP = {"app/__init__.py": "", "app/prices.py": PRICES, "app/words.py": WORDS}
FILES = APP | {
    "tests/unit/test_prices.py": TEST_PRICES,
    "tests/unit/test_words.py": TEST_WORDS,
    "tests/integration/database/test_database.py": TEST_DATABASE,
}
TAX, ROUNDING = "cents * 119 // 100", "round(cents, -1)"


def make_patch(file: str, old: str, new: str, **header: str) -> str:
    """Return a patch that replaces some text; `header` replaces defaults of its fields."""
    before = APP[file]
    after = before.replace(old, new)
    old_lines, new_lines = (text.splitlines(keepends=True) for text in (before, after))
    fields = {
        "title": f"{new} for {old}",
        "suffers": "Every user.",
        "lesson": "None.",
        "topic": "http",
        "source": "own",
        "predicted": "none",
    } | header
    head = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items())
    return f"{head}\n" + "".join(unified_diff(old_lines, new_lines, f"a/{file}", f"b/{file}"))


# No layer is predicted to see them, so the lab groups those that change different files.
CATALOGUE = {
    "faults/tax-forgotten": make_patch("app/prices.py", TAX, "cents"),
    "faults/rounding-to-hundreds": make_patch("app/prices.py", ROUNDING, "round(cents, -2)"),
    "faults/import-lost": make_patch(
        "app/prices.py", "def with_tax", "import lost\n\ndef with_tax"
    ),
    "faults/farewell-unheard": make_patch("app/words.py", "Goodbye", "Hello"),
    "refactorings/other-formula": make_patch("app/prices.py", TAX, "cents + cents * 19 // 100"),
    "refactorings/other-words": make_patch("app/words.py", "Hello", "Good day"),
}
