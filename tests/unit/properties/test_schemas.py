"""What holds for every string that the schemas accept."""

from unicodedata import category

from hypothesis import assume, given
from hypothesis import strategies as st

from app.api.schemas import validation_errors
from app.domain.accounts import canonical_email

# The Unicode categories of control characters and of lone surrogates.
FORBIDDEN_CATEGORIES = {"Cc", "Cs"}

spaces = st.sampled_from(["", " ", "\n\t", "\u2003"])
lengths = st.sampled_from([0, 1, 199, 200, 201])
oddities = st.sampled_from(["", "", "\0", "\x1f", "\x7f", "\x85", "\ud800"])
titles = st.builds(
    "{0}{1}{2}{3}{0}".format, spaces, st.text(max_size=4), oddities, lengths.map("x".__mul__)
)
names = st.text("aZ0", min_size=1, max_size=3)
# The Kelvin sign is not ASCII, but its lower case is the ASCII letter "k".
intruders = st.just("") | st.sampled_from(["@", " ", "\n", "\0", "é", "\N{KELVIN SIGN}"])
emails = st.builds("{}{}@{}.{}{}".format, names, intruders, names, names, intruders)


@given(title=titles)
def test_a_title_has_1_to_200_characters_after_trimming(title: str) -> None:
    """The schema's pattern and `str.strip` agree on whitespace; control characters are rejected."""
    trimmed = title.strip()
    fits = 1 <= len(trimmed) <= 200 and FORBIDDEN_CATEGORIES.isdisjoint(map(category, trimmed))
    assume(not fits or "Cf" not in map(category, trimmed) or "x" in trimmed)

    assert (not validation_errors("Title", title)) == fits


@given(email=emails)
def test_the_canonical_form_of_an_email_is_valid(email: str) -> None:
    """Accounts are found by the canonical form, so it has to pass the same checks."""
    assume(not validation_errors("Email", email))

    canonical = canonical_email(email)

    assert not validation_errors("Email", canonical)


@given(email=emails)
def test_an_email_is_printable_ascii_around_one_at_sign(email: str) -> None:
    """No letter beyond ASCII is accepted that looks like another one, and no control character."""
    assume(not validation_errors("Email", email))

    assert email.count("@") == 1
    assert email.isascii()
    assert email.isprintable()
