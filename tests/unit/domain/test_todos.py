"""The rules of todos."""

from datetime import date, timedelta

import pytest

from app.domain.todos import is_overdue, pick_one
from tests.support.factories import make_todo

TODAY = date(2026, 3, 14)
ONE_DAY = timedelta(days=1)


def test_is_overdue_the_day_after_it_was_due() -> None:
    """An open todo that was due yesterday is overdue."""
    todo = make_todo(due=TODAY - ONE_DAY)

    assert is_overdue(todo, TODAY)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"due": TODAY}, id="due today"),
        pytest.param({"due": TODAY + ONE_DAY}, id="due tomorrow"),
        pytest.param({"due": None}, id="without a date"),
        pytest.param({"due": TODAY - ONE_DAY, "completed": True}, id="completed"),
    ],
)
def test_is_not_overdue(fields: dict[str, object]) -> None:
    """A todo that is due today or later, has no date, or is completed is not overdue."""
    todo = make_todo(**fields)

    assert not is_overdue(todo, TODAY)


def test_picks_the_todo_that_choose_returns() -> None:
    """The test passes its own function instead of `random.choice`, so nothing is random."""
    first, second, third = make_todo(id=1), make_todo(id=2), make_todo(id=3)

    picked = pick_one([first, second, third], choose=lambda todos: todos[1])

    assert picked == second


def test_picks_nothing_from_nothing() -> None:
    """Without an open todo `choose` is not called; `random.choice` would raise IndexError."""
    assert pick_one([], choose=lambda todos: todos[0]) is None
