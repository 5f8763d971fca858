"""What holds for every sequence of changes that a page has not read yet."""

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.mailbox import Mailbox
from app.domain.live import NO_PAGE

pages = st.sampled_from(["page-1", "page-2", NO_PAGE])


@given(writers=st.lists(pages, min_size=1))
def test_no_page_misses_the_change_of_another(writers: list[str]) -> None:
    """Only if one page made all the changes does the message name it, so that it may ignore it."""
    mailbox = Mailbox()
    for writer in writers:
        mailbox.put(writer)

    message = mailbox.take(0)

    assert message == (writers[0] if len(set(writers)) == 1 else NO_PAGE)
