"""Password hashing: what it promises, and what it costs."""

from unittest.mock import Mock

import argon2
import pytest
from pytest_mock import MockerFixture

from app.adapters import passwords
from app.adapters.passwords import DEFAULT_HASHER, Argon2Passwords
from app.domain.errors import BusyError
from tests.support.factories import CHEAP_HASHER


@pytest.fixture
def spy(mocker: MockerFixture) -> Mock:
    """Watch the real library at work."""
    spy: Mock = mocker.spy(argon2.PasswordHasher, "verify")
    return spy


def test_a_password_matches_its_own_hash() -> None:
    """What was hashed is recognised."""
    hashed = Argon2Passwords(CHEAP_HASHER).hash("correct horse battery")

    assert Argon2Passwords(CHEAP_HASHER).verify("correct horse battery", hashed)


def test_another_password_does_not_match() -> None:
    """What differs by one letter is not recognised."""
    hashed = Argon2Passwords(CHEAP_HASHER).hash("correct horse battery")

    assert not Argon2Passwords(CHEAP_HASHER).verify("correct horse batterz", hashed)


def test_equal_passwords_have_different_hashes() -> None:
    """Each hash has a salt of its own, so that equal passwords do not show."""
    subject = Argon2Passwords(CHEAP_HASHER)

    assert subject.hash("correct horse battery") != subject.hash("correct horse battery")


def test_no_password_is_nobodys(mocker: MockerFixture) -> None:
    """Not even the text behind the hash that nobody has signs anybody in."""
    mocker.patch("secrets.token_hex", autospec=True, return_value="nobody's password")

    assert not Argon2Passwords(CHEAP_HASHER).verify("nobody's password", None)


def test_nobodys_password_is_compared_once_like_anybodys(spy: Mock) -> None:
    """An unknown e-mail costs one comparison, as a known one does, and never matches."""
    matches = Argon2Passwords(CHEAP_HASHER).verify("correct horse battery", None)

    assert not matches
    assert spy.call_count == 1


def test_costs_what_owasp_recommends() -> None:
    """By default a hash takes 19 MiB, two passes and one lane."""
    hashed = DEFAULT_HASHER.hash("correct horse battery")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_hashes_two_at_once_and_no_third(mocker: MockerFixture) -> None:
    """When both places stay taken, the next one is told so instead of waiting for ever."""
    mocker.patch.object(passwords, "MAX_WAIT_SECONDS", 0)
    hasher = mocker.create_autospec(argon2.PasswordHasher, instance=True)
    subject = Argon2Passwords(hasher)
    hasher.verify.side_effect = lambda _hash, password: subject.verify(password, None)

    with pytest.raises(BusyError):
        subject.verify("correct horse battery", None)

    assert hasher.verify.call_count == 2


def test_gives_its_place_back(mocker: MockerFixture) -> None:
    """One after the other there is always room, also after a wrong password."""
    mocker.patch.object(passwords, "MAX_WAIT_SECONDS", 0)
    subject = Argon2Passwords(CHEAP_HASHER)
    hashed = subject.hash("correct horse battery")

    matches = [subject.verify(password, hashed) for password in ("a", "b", "correct horse battery")]

    assert matches == [False, False, True]
