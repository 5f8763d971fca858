"""How the page adapts to a narrow window and to the settings of the browser."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import TodoList
from tests.support.person import Person


@pytest.mark.parametrize("width", [320, 640], ids=["400 %", "200 %"])
def test_fits_a_narrow_window(todo_list: TodoList, person: Person, width: int) -> None:
    """Even a long word needs no sideways scrolling when a window of 1280 pixels is enlarged."""
    person.adds(200 * "x", due="2001-02-03")
    todo_list.page.set_viewport_size({"width": width, "height": 360})

    todo_list.open()

    expect(todo_list.items).to_have_count(1)
    assert todo_list.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("motion", "animation"), [("no-preference", "appear"), ("reduce", "none")])
def test_shows_no_animation_with_reduced_motion(
    todo_list: TodoList, motion: Literal["no-preference", "reduce"], animation: str
) -> None:
    """A notice fades in, unless the person has asked the browser for reduced motion."""
    todo_list.page.emulate_media(reduced_motion=motion)
    todo_list.open()

    todo_list.pick.click()

    notice = todo_list.status.filter(has_text="No todo is open.")
    expect(notice).to_have_css("animation-name", animation)
