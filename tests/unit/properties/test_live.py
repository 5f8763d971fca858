"""What holds for all news, whatever pages call themselves and whenever they look."""

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.mailbox import Mailbox
from app.adapters.notifications import decode, encode
from app.domain.live import NO_PAGE, Author, parse_page_id

pages = st.sampled_from(["page-1", "page-2", NO_PAGE])


@given(user_id=st.integers(min_value=1), text=st.text("a1- \n", max_size=40))
def test_no_name_breaks_a_message(user_id: int, text: str) -> None:
    """Whatever a page sends as its id, the message names the user who sent it."""
    author = Author(user_id, parse_page_id(text))

    assert decode(encode(author)) == author


@given(writers=st.lists(pages, min_size=1))
def test_no_page_misses_anothers_change(writers: list[str]) -> None:
    """However many changes wait, only a page that made them all may leave the news out."""
    mailbox = Mailbox()
    for writer in writers:
        mailbox.put(writer)

    news = mailbox.take(0)

    assert (writers[0] if len(set(writers)) == 1 else NO_PAGE) == news
