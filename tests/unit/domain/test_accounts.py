"""The rules of accounts."""

from app.domain.accounts import canonical_email


def test_emails_are_compared_without_case() -> None:
    """Two spellings of an e-mail that differ in case have one canonical form."""
    assert canonical_email("Ada@Example.ORG") == canonical_email("ada@example.org")
