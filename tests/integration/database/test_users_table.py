"""UserRepository on PostgreSQL."""

import pytest

from app.adapters.database import Database
from app.adapters.users import UserRepository
from app.domain.accounts import Credentials, User
from app.domain.errors import EmailTakenError
from tests.support.factories import NOW, make_email


@pytest.fixture
def users(database: Database) -> UserRepository:
    """Run the repository's statements on the shared pool."""
    return UserRepository(database)


def test_returns_the_account_it_stored(users: UserRepository) -> None:
    """The account that `add` returns is the one that `get` finds."""
    email = make_email()

    added = users.add(email, "hash", NOW)

    assert added == User(added.id, email, NOW)
    assert users.get(added.id) == added


def test_finds_an_account_by_its_email(users: UserRepository) -> None:
    """Sign-in needs the account and the hash of its password."""
    user = users.add(make_email(), "hash", NOW)

    found = users.find(user.email)

    assert found == Credentials(user, "hash")


def test_finds_no_account_by_an_unknown_email(users: UserRepository) -> None:
    """The e-mail is compared as a whole, not as a pattern that would match."""
    user = users.add(make_email(), "hash", NOW)

    found = users.find(f"%{user.email}")

    assert found is None


def test_finds_no_account_by_an_unknown_id(users: UserRepository) -> None:
    """The token of a deleted account may still carry such an id."""
    last = users.add(make_email(), "hash", NOW)

    found = users.get(last.id + 1)

    assert found is None


def test_keeps_one_account_per_email(users: UserRepository) -> None:
    """A second account with the e-mail is refused, and the first keeps its password."""
    first = users.add(make_email(), "first", NOW)

    with pytest.raises(EmailTakenError):
        users.add(first.email, "second", NOW)

    assert users.find(first.email) == Credentials(first, "first")
