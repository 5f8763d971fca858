"""The page follows WCAG 2.2 AA, as far as a program can check that."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.pages import SignIn, TodoList
from tests.support import states
from tests.support.axe import find_violations
from tests.support.person import Person

LONG_AGO = "2001-02-03"
# Status messages, each with the state of the page in which it appears.
NOTICES = {"The connection is lost.": "connection lost", "Picked: Buy milk": "picked"}


@pytest.fixture
def list_of_three(todo_list: TodoList, person: Person) -> TodoList:
    """Open a list with one active todo, one overdue and one completed."""
    person.adds("Buy milk")
    person.adds("Return the books", due=LONG_AGO)
    person.adds("Call mother", completed=True)
    todo_list.open()
    return todo_list


@pytest.mark.parametrize("go_to", states.FORM.values(), ids=states.FORM)
def test_the_form_violates_no_accessibility_rule(
    sign_in: SignIn, go_to: Callable[[SignIn], Locator]
) -> None:
    """Axe finds no violation before the sign-in, in any state and in any look."""
    expect(go_to(sign_in)).to_be_visible()

    violations = find_violations(sign_in.page)

    assert violations == [], "\n\n".join(violations)


@pytest.mark.parametrize("go_to", states.LIST.values(), ids=states.LIST)
def test_the_list_violates_no_accessibility_rule(
    list_of_three: TodoList, go_to: Callable[[TodoList], Locator]
) -> None:
    """Axe finds no violation after the sign-in, in any state and in any look."""
    expect(go_to(list_of_three)).to_be_visible()

    violations = find_violations(list_of_three.page)

    assert violations == [], "\n\n".join(violations)


def test_a_screen_reader_reads_the_form(sign_in: SignIn) -> None:
    """The form consists of a heading, two labelled fields and two buttons."""
    expect(sign_in.page.get_by_role("main")).to_match_aria_snapshot("""
        - heading "todos" [level=1]
        - region "Sign in":
          - heading "Sign in" [level=2]
          - textbox "E-mail"
          - textbox "Password"
          - button "Sign in"
          - button "New here? Create an account"
    """)


def test_a_screen_reader_reads_the_list(list_of_three: TodoList) -> None:
    """Each item of the list has a checkbox and a title, and its due date if it has one."""
    expect(list_of_three.page.get_by_role("region", name="Your todos")).to_match_aria_snapshot("""
        - textbox "What needs to be done?"
        - checkbox "Mark all as complete"
        - list:
          - listitem:
            - checkbox "Toggle Todo"
            - text: Buy milk
          - listitem:
            - checkbox "Toggle Todo"
            - text: Return the books Overdue
            - textbox "Due date": 2001-02-03
          - listitem:
            - checkbox "Toggle Todo" [checked]
            - text: Call mother
        - strong: "2"
        - text: items left
        - list:
          - listitem:
            - link "All"
          - listitem:
            - link "Active"
          - listitem:
            - link "Completed"
        - button "Clear completed"
    """)


@pytest.mark.parametrize(("notice", "state"), NOTICES.items(), ids=NOTICES.values())
def test_a_screen_reader_announces_a_notice(
    todo_list: TodoList, person: Person, notice: str, state: str
) -> None:
    """A notice appears in a live region that was already on the page: otherwise it is not read."""
    person.adds("Buy milk")
    todo_list.open()
    live_regions = todo_list.status.element_handles()

    expect(states.LIST[state](todo_list)).to_be_visible()

    assert notice in " ".join(line.inner_text() for line in live_regions)


def test_each_control_is_described_by_the_title_of_its_todo(list_of_three: TodoList) -> None:
    """Controls have the same names in every row, so the title of the todo describes each."""
    item = list_of_three.item("Buy milk")

    item.row.hover()

    for control in (item.toggle, item.due, item.delete):
        expect(control).to_have_accessible_description("Buy milk")
