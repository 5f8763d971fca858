"""What holds for every text that the schemas let through."""

from unicodedata import category

from hypothesis import assume, given
from hypothesis import strategies as st

from app.api.schemas import validation_errors
from app.domain.accounts import canonical_email

# Control characters, and the halves of surrogate pairs.
NO_CHARACTERS = {"Cc", "Cs"}

spaces = st.sampled_from(["", " ", "\n\t", "\u2003"])
lengths = st.sampled_from([0, 1, 199, 200, 201])
oddities = st.sampled_from(["", "", "\0", "\x1f", "\x7f", "\x85", "\ud800"])
titles = st.builds(
    "{0}{1}{2}{3}{0}".format, spaces, st.text(max_size=4), oddities, lengths.map("x".__mul__)
)
names = st.text("aZ0", min_size=1, max_size=3)
# The Kelvin sign is a letter beyond ASCII whose small form is not: it becomes "k".
intruders = st.just("") | st.sampled_from(["@", " ", "\n", "\0", "é", "\N{KELVIN SIGN}"])
emails = st.builds("{}{}@{}.{}{}".format, names, intruders, names, names, intruders)


@given(title=titles)
def test_a_title_has_1_to_200_characters_once_it_is_trimmed(title: str) -> None:
    """The schema means by a space what trimming does, and lets no control character through."""
    trimmed = title.strip()
    fits = 1 <= len(trimmed) <= 200 and NO_CHARACTERS.isdisjoint(map(category, trimmed))

    assert (not validation_errors("Title", title)) == fits


@given(email=emails)
def test_an_email_keeps_its_form(email: str) -> None:
    """An e-mail is visible ASCII around one @, and so is its canonical form."""
    assume(not validation_errors("Email", email))

    canonical = canonical_email(email)

    assert not validation_errors("Email", canonical)
    assert email.count("@") == 1
    assert email.isascii()
    assert email.isprintable()
