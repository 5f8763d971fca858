"""A list that is longer than the screen."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.pages import TodoList
from tests.support.browser import NewContext
from tests.support.person import Person

ROWS_CHANGED = """
    (list) => new Promise((resolve) => {
        const rows = new Set();
        new MutationObserver((records, observer) => {
            for (const { target } of records) rows.add(target.closest('li')?.innerText);
            observer.disconnect();
            resolve([...rows]);
        }).observe(list, { attributes: true, subtree: true });
        list.querySelector('.toggle').click();
    })
"""


@pytest.fixture
def context(new_context: NewContext, person: Person) -> BrowserContext:
    """Open a window that shows three rows at a time."""
    return new_context(storage_state=person.storage_state(), viewport={"width": 800, "height": 200})


def test_a_change_touches_only_its_row(two_todos: TodoList) -> None:
    """The time that a change takes does not depend on the number of todos."""
    rows = two_todos.page.locator(".todo-list").evaluate(ROWS_CHANGED)

    assert rows == ["Buy milk"]


def test_completes_a_row_when_it_comes_near(todo_list: TodoList, person: Person) -> None:
    """Date fields take long to create, so a row gets its own shortly before it can be seen."""
    for number in range(12):
        person.adds(f"Todo {number}")
    todo_list.open()
    last = todo_list.item("Todo 11")
    expect(last.due).to_have_attribute("type", "text")

    last.set_due("2030-01-01")

    expect(last.due).to_have_attribute("type", "date")
    expect(last.due).to_have_value("2030-01-01")
