"""Accounts, and how their e-mails and passwords are compared."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import category, normalize

# A password of 128 characters, each typed as four: no character is composed of more.
MAX_TYPED_LENGTH = 4 * 128


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


def canonical_password(password: str) -> str:
    """Return the form in which passwords are hashed and compared: OpaqueString of RFC 8265.

    Keyboards and systems differ in whether é is one character or two, and in which space they type.
    Nothing else is changed; longer text, which cannot fit, is left alone, as it takes long.
    """
    if len(password) > MAX_TYPED_LENGTH:
        return password
    spaces = (" " if category(character) == "Zs" else character for character in password)
    return normalize("NFC", "".join(spaces))
