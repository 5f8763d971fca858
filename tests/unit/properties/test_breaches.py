"""What holds for every answer of the breach API."""

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
def test_counts_what_is_listed(
    entries: list[tuple[str, int]], spell: Callable[[str], str], line_end: str
) -> None:
    """A hash was seen as often as its line says, in any order, spelling and company."""
    answer = line_end.join(f"{spell(suffix)}:{count}" for suffix, count in entries)

    assert count_in_response(SUFFIX, answer) == dict(entries).get(SUFFIX, 0)


@given(answer=nonsense)
def test_no_nonsense_stops_a_sign_up(answer: bytes) -> None:
    """Whatever comes from the API, a password that it does not list passes."""
    breaches = PwnedPasswords("https://breaches.example")

    with RequestsMock() as api:
        api.get(f"https://breaches.example/range/{PREFIX}", body=answer)

        assert not breaches.contain(PASSWORD)
