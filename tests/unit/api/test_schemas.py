"""The JSON Schemas, above all where the library alone is looser than one thinks."""

import pytest

from app.api.schemas import COMPONENTS, validation_errors


def sign_up(email: str = "ada@example.org", password: str = "correct horse battery") -> object:
    """Return the body of a sign-up."""
    return {"email": email, "password": password}


@pytest.mark.parametrize(
    "email",
    ["ada@example.org", "Ada.Lovelace+todo@mail.example.org", "o'brien@example.ie", "a@b-c.co"],
)
def test_accepts_an_email(email: str) -> None:
    """What people have for addresses is accepted."""
    assert not validation_errors("NewUser", sign_up(email=email))


@pytest.mark.parametrize(
    "email",
    [
        "@",
        "ada@",
        "@example.org",
        "ada@localhost",
        "ada lovelace@example.org",
        "ada@example.org\n",
        "ada@example..org",
        "ada\0@example.org",
        "ädä@example.org",
        f"{'a' * 250}@b.co",
    ],
)
def test_refuses_what_is_no_email(email: str) -> None:
    """What the library's own format `email` lets pass is refused: @, NUL, a line's end."""
    assert validation_errors("NewUser", sign_up(email=email)).keys() == {"#/email"}


@pytest.mark.parametrize("password", ["x" * 12, "x" * 128, "🔑" * 12, "päss wörd\n phrase"])
def test_accepts_a_password(password: str) -> None:
    """Any 12 to 128 characters are a password, spaces and symbols among them."""
    assert not validation_errors("NewUser", sign_up(password=password))


@pytest.mark.parametrize("password", ["x" * 11, "x" * 129, "x" * 12 + "\0", "x" * 12 + "\udfff"])
def test_refuses_what_is_no_password(password: str) -> None:
    """Too short, too long, or with what is no character."""
    assert validation_errors("NewUser", sign_up(password=password)).keys() == {"#/password"}


def test_signing_in_does_not_judge_the_password() -> None:
    """A password that could not be chosen today is wrong like any other, not malformed."""
    assert not validation_errors("SignIn", sign_up(email="ada", password="short"))


@pytest.mark.parametrize("field", ["email", "password"])
@pytest.mark.parametrize("text", ["\0", "\udfff"], ids=["NUL", "half a character"])
def test_signing_in_refuses_what_is_no_character(field: str, text: str) -> None:
    """What neither the database nor the hash can take is refused before they are asked."""
    assert validation_errors("SignIn", sign_up(**{field: text})).keys() == {f"#/{field}"}


@pytest.mark.parametrize("title", ["x", "x" * 200, f" {'x' * 200} \n", "🥛" * 200, "<b>milk</b>"])
def test_accepts_a_title(title: str) -> None:
    """Characters are counted without the spaces at the ends, an emoji as one."""
    assert not validation_errors("NewTodo", {"title": title})


@pytest.mark.parametrize("order", [-(2**31), 0, 2**31 - 1])
def test_accepts_an_order_of_32_bits(order: int) -> None:
    """The bounds themselves are allowed."""
    assert not validation_errors("NewTodo", {"title": "a", "order": order})


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "2028-02-29", None])
def test_accepts_a_date(due: str | None) -> None:
    """Every day that Python and PostgreSQL both know is a date, and so is none."""
    assert not validation_errors("NewTodo", {"title": "a", "due": due})


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_explains_every_field_that_can_be_sent(name: str) -> None:
    """Each schema has the sentence that a refusal shows."""
    assert COMPONENTS[name].get("description")
