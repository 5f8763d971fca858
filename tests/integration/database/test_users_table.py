"""Our statements about accounts, run by PostgreSQL."""

import pytest

from app.adapters.database import Database
from app.adapters.users import UserRepository
from app.domain.accounts import Credentials, User
from app.domain.errors import EmailTakenError
from tests.support.factories import NOW, make_email


@pytest.fixture
def users(database: Database) -> UserRepository:
    """Return the adapter of the table `users`."""
    return UserRepository(database)


def test_returns_the_account_it_stored(users: UserRepository) -> None:
    """What adding answers is what reading finds."""
    email = make_email()

    added = users.add(email, "hash", NOW)

    assert User(added.id, email, NOW) == added == users.get(added.id)


def test_finds_what_sign_in_needs(users: UserRepository) -> None:
    """An account is found by its e-mail, with the hash of its password."""
    user = users.add(make_email(), "hash", NOW)

    found = users.find(user.email)

    assert found == Credentials(user, "hash")


def test_finds_nobody_by_an_unknown_email(users: UserRepository) -> None:
    """An e-mail without an account finds nobody, though as a pattern it would match one."""
    user = users.add(make_email(), "hash", NOW)

    found = users.find(f"%{user.email}")

    assert found is None


def test_finds_nobody_by_an_unknown_id(users: UserRepository) -> None:
    """An id that was never given finds nobody."""
    last = users.add(make_email(), "hash", NOW)

    found = users.get(last.id + 1)

    assert found is None


def test_takes_an_email_once(users: UserRepository) -> None:
    """The second account with an e-mail is refused, and the first keeps its password."""
    first = users.add(make_email(), "first", NOW)

    with pytest.raises(EmailTakenError):
        users.add(first.email, "second", NOW)

    assert users.find(first.email) == Credentials(first, "first")
