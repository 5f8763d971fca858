"""What holds for every response of the breach API."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from responses import RequestsMock

from app.adapters.breaches import PwnedPasswords, count_in_response, split_hash

PASSWORD = "correct horse battery"
PREFIX, SUFFIX = split_hash(PASSWORD)
HEX = "0123456789ABCDEF"

suffixes = st.integers(0, 16**35 - 1).map("{:035X}".format) | st.just(SUFFIX)
counts = st.integers(min_value=0, max_value=10**9)
nonsense = st.binary() | st.text(f"{HEX}:\r\n").map(str.encode)


@given(
    entries=st.lists(st.tuples(suffixes, counts), unique_by=lambda entry: entry[0]),
    spell=st.sampled_from([str.upper, str.lower]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_finds_the_count_of_a_listed_hash(
    entries: list[tuple[str, int]], spell: Callable[[str], str], line_end: str
) -> None:
    """Neither the order of lines, nor upper or lower case, nor other hashes change the count."""
    response = line_end.join(f"{spell(suffix)}:{count}" for suffix, count in entries)

    assert count_in_response(SUFFIX, response) == dict(entries).get(SUFFIX, 0)


@given(body=nonsense)
def test_no_response_prevents_a_sign_up(body: bytes) -> None:
    """Whatever bytes the API sends, they raise no error and reject no password."""
    breaches = PwnedPasswords("https://breaches.example")

    with RequestsMock() as api:
        api.get(f"https://breaches.example/range/{PREFIX}", body=body)

        assert not breaches.contain(PASSWORD)
