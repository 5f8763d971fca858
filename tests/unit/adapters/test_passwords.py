"""Password hashing: what it promises, and what it costs."""

from unittest.mock import Mock

import argon2
import pytest
from pytest_mock import MockerFixture

from app.adapters import passwords
from app.adapters.passwords import RECOMMENDED, Argon2Passwords
from app.domain.errors import BusyError
from tests.builders import CHEAP_HASHER


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
    assert not Argon2Passwords(CHEAP_HASHER).verify("correct horse battery", None)
    assert 1 == spy.call_count


def test_costs_what_owasp_recommends() -> None:
    """By default a hash takes 19 MiB, two passes and one lane."""
    hashed = RECOMMENDED.hash("correct horse battery")

    assert argon2.extract_parameters(hashed).memory_cost == 19 * 1024
    assert "t=2,p=1" in hashed


def test_gives_up_when_too_many_are_at_it(mocker: MockerFixture) -> None:
    """When every place stays taken, the next one is told so instead of waiting for ever."""
    mocker.patch.object(passwords, "MOST_AT_ONCE", 1)
    mocker.patch.object(passwords, "LONGEST_WAIT_SECONDS", 0)
    hasher = mocker.create_autospec(argon2.PasswordHasher, instance=True)
    subject = Argon2Passwords(hasher)
    hasher.hash.side_effect = lambda password: subject.verify(password, None)

    with pytest.raises(BusyError):
        subject.hash("correct horse battery")
