"""Accounts, and how their e-mails are compared."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account; `email` is in canonical form."""

    id: int
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """What sign-in compares a password with: the account and its Argon2 hash in PHC format."""

    user: User
    password_hash: str


def canonical_email(email: str) -> str:
    """Return the form in which e-mails are stored and compared: case is ignored."""
    return email.lower()
