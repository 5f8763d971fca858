"""What the page makes of a narrow window, and of what a person asked the browser for."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


@pytest.mark.parametrize("width", [320, 640], ids=["400 %", "200 %"])
def test_a_large_zoom_needs_no_scrolling_sideways(
    todo_list: TodoList, person: Person, width: int
) -> None:
    """Even a long word with a due date fits when a window of 1280 pixels is enlarged so far."""
    person.adds(200 * "x", due="2001-02-03")
    todo_list.page.set_viewport_size({"width": width, "height": 360})

    todo_list.open()

    expect(todo_list.items).to_have_count(1)
    assert todo_list.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("motion", "animation"), [("no-preference", "appear"), ("reduce", "none")])
def test_moves_nothing_for_a_person_who_asked_for_that(
    todo_list: TodoList, motion: Literal["no-preference", "reduce"], animation: str
) -> None:
    """A notice fades in, but not for a person whom movement makes ill."""
    todo_list.page.emulate_media(reduced_motion=motion)
    todo_list.open()

    todo_list.pick.click()

    notice = todo_list.status.filter(has_text="No todo is open.")
    expect(notice).to_have_css("animation-name", animation)
