"""The filters All, Active and Completed, which are links."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


@pytest.fixture
def mixed(todo_list: TodoList, person: Person) -> TodoList:
    """Add one completed todo and one active one; the test opens the list."""
    person.adds("Done", completed=True)
    person.adds("Open")
    return todo_list


@pytest.mark.parametrize(
    ("name", "titles"),
    [("All", ["Done", "Open"]), ("Active", ["Open"]), ("Completed", ["Done"])],
    ids=["all", "active", "completed"],
)
def test_filters(mixed: TodoList, name: str, titles: list[str]) -> None:
    """Each filter shows its todos, and its link is marked as selected."""
    mixed.open("#/completed" if name == "All" else "#/")

    mixed.filter(name).click()

    expect(mixed.titles).to_have_text(titles)
    expect(mixed.filter(name)).to_have_class("selected")


def test_shows_every_todo_at_an_unknown_route(mixed: TodoList) -> None:
    """A route that is no filter, such as an old bookmark, shows the whole list."""
    mixed.open("#/someday")

    expect(mixed.titles).to_have_text(["Done", "Open"])
    expect(mixed.filter("All")).to_have_class("selected")


def test_moves_a_todo_out_of_the_filter(mixed: TodoList) -> None:
    """A todo that is completed leaves the active ones, and the counter follows."""
    mixed.open("#/active")

    mixed.item("Open").toggle.click()

    expect(mixed.items).to_have_count(0)
    expect(mixed.count).to_have_text("0 items left")
