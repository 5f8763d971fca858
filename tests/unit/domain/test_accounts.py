"""The rules of accounts."""

import pytest

from app.domain.accounts import canonical_email, canonical_password


def test_emails_are_compared_without_case() -> None:
    """The part before the @ is included, although RFC 5321 would allow it to be case-sensitive."""
    assert canonical_email("Ada@Example.ORG") == "ada@example.org"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        pytest.param("cafe\u0301", "café", id="a letter and its accent"),
        pytest.param("\u1112\u1161\u11ab", "한", id="a Korean syllable in three parts"),
        pytest.param("\u212b", "Å", id="the sign for Ångström"),
        pytest.param("a\u00a0b\u3000c", "a b c", id="spaces of other keyboards"),
    ],
)
def test_a_password_is_the_same_however_it_is_typed(typed: str, canonical: str) -> None:
    """What looks the same is the same password (RFC 8265, section 4.2)."""
    assert canonical_password(typed) == canonical


@pytest.mark.parametrize(
    "password", [" Ada ", "straße STRASSE", "ﬁ", "\uff21", "👩\u200d🌾", "\udfff"]
)
def test_nothing_else_of_a_password_is_changed(password: str) -> None:
    """Case, width and spaces at the ends count: a rule that merges more makes guessing easier."""
    assert canonical_password(password) == password


def test_the_longest_password_may_be_typed_in_parts() -> None:
    """No letter has more than four parts; this one is an alpha with three marks."""
    typed = "\u03b1\u0313\u0300\u0345" * 128

    assert canonical_password(typed) == "\u1f82" * 128


def test_a_password_too_long_to_fit_is_left_alone() -> None:
    """Normalization takes a quarter of a second for 8,000 accents on one letter."""
    password = "e" + "\u0301\u0323" * 256

    assert canonical_password(password) == password
