"""What holds for every notification, whatever id a page gave itself."""

from hypothesis import given
from hypothesis import strategies as st

from app.adapters.notifications import decode, encode
from app.domain.live import Author, parse_page_id


@given(user_id=st.integers(min_value=1), text=st.text("a1- \n", max_size=40))
def test_no_page_id_breaks_a_payload(user_id: int, text: str) -> None:
    """The payload names the right user, even if the page's id has spaces or newlines in it."""
    author = Author(user_id, parse_page_id(text))

    assert decode(encode(author)) == author
