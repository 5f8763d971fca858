"""What holds for every todo on every day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.todos import is_overdue
from tests.support.factories import make_todo

# Few days, so that some of them coincide.
dates = st.dates(date(2026, 2, 27), date(2026, 3, 2))


@given(due=st.none() | dates, completed=st.booleans(), days=st.tuples(dates, dates))
def test_an_overdue_todo_stays_overdue(
    due: date | None, completed: bool, days: tuple[date, date]
) -> None:
    """What is overdue on one day is overdue on every later day, unless somebody changes it."""
    todo = make_todo(due=due, completed=completed)

    on_earlier, on_later = (is_overdue(todo, day) for day in sorted(days))

    assert on_earlier <= on_later
