"""The rules of accounts."""

from app.domain.accounts import canonical_email


def test_emails_are_compared_without_case() -> None:
    """The part before the @ is included, although RFC 5321 would allow it to be case-sensitive."""
    assert canonical_email("Ada@Example.ORG") == "ada@example.org"
