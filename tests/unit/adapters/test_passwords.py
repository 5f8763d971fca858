"""Password hashing with Argon2id."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event

import argon2
import pytest
from pytest_mock import MockerFixture

from app.adapters import passwords
from app.adapters.passwords import DEFAULT_HASHER, Argon2Passwords
from app.domain.errors import BusyError
from tests.support.factories import CHEAP_HASHER
from tests.support.waiting import HANG_SECONDS


def test_a_password_matches_its_own_hash() -> None:
    """The salt is part of the hash, so another instance, or process, can verify it."""
    hashed = Argon2Passwords(CHEAP_HASHER).hash("correct horse battery")

    assert Argon2Passwords(CHEAP_HASHER).verify("correct horse battery", hashed)


def test_another_password_does_not_match() -> None:
    """One letter at the end is enough; nothing is truncated."""
    hashed = Argon2Passwords(CHEAP_HASHER).hash("correct horse battery")

    assert not Argon2Passwords(CHEAP_HASHER).verify("correct horse batterz", hashed)


def test_equal_passwords_have_different_hashes() -> None:
    """Each hash has a salt of its own, so a stolen table does not show who shares a password."""
    subject = Argon2Passwords(CHEAP_HASHER)

    assert subject.hash("correct horse battery") != subject.hash("correct horse battery")


def test_no_password_matches_a_missing_hash(mocker: MockerFixture) -> None:
    """Even a password that matches the dummy hash does not sign anybody in."""
    hasher = mocker.create_autospec(argon2.PasswordHasher, instance=True)
    hasher.verify.return_value = True

    assert not Argon2Passwords(hasher).verify("the dummy's password", None)


def test_a_missing_hash_costs_one_verification(mocker: MockerFixture) -> None:
    """An unknown e-mail takes as long as a known one, so timing reveals no account."""
    verify = mocker.spy(argon2.PasswordHasher, "verify")

    Argon2Passwords(CHEAP_HASHER).verify("correct horse battery", None)

    assert verify.call_count == 1


def test_costs_what_owasp_recommends() -> None:
    """A hash takes 19 MiB of memory, two iterations and one lane."""
    hashed = DEFAULT_HASHER.hash("correct horse battery")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_verifies_two_passwords_at_once_and_no_third(mocker: MockerFixture) -> None:
    """Each takes 19 MiB and a core; the third fails after a wait, which is cut short here."""
    mocker.patch.object(passwords, "MAX_WAIT_SECONDS", 0)
    hasher = mocker.create_autospec(argon2.PasswordHasher, instance=True)
    subject = Argon2Passwords(hasher)
    hasher.verify.side_effect = lambda _hash, password: subject.verify(password, None)

    with pytest.raises(BusyError):
        subject.verify("correct horse battery", None)

    assert hasher.verify.call_count == 2


def test_a_few_wait_and_the_next_is_refused_at_once(mocker: MockerFixture) -> None:
    """Each one that waits occupies a thread that others need, so ten at most are in there."""
    mocker.patch.object(passwords, "MAX_WAIT_SECONDS", HANG_SECONDS)
    release = Event()
    hasher = mocker.create_autospec(argon2.PasswordHasher, instance=True)
    subject = Argon2Passwords(hasher)
    hasher.hash.side_effect = lambda _password: release.wait(HANG_SECONDS) and "hash"
    with ThreadPoolExecutor(11) as threads:
        hashes = [threads.submit(subject.hash, "correct horse battery") for _ in range(11)]

        [refused, *_] = wait(hashes, HANG_SECONDS, FIRST_COMPLETED).done
        release.set()

        with pytest.raises(BusyError):
            refused.result()
        assert [future.result() for future in hashes if future is not refused] == 10 * ["hash"]


def test_frees_its_slot_after_each_password(mocker: MockerFixture) -> None:
    """A wrong password raises an exception inside, and must free its slot like a right one."""
    mocker.patch.object(passwords, "MAX_WAIT_SECONDS", 0)
    subject = Argon2Passwords(CHEAP_HASHER)
    hashed = subject.hash("correct horse battery")

    matches = [subject.verify(password, hashed) for password in ("a", "b", "correct horse battery")]

    assert matches == [False, False, True]
