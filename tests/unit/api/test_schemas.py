"""The JSON Schemas, above all where the library accepts more than one expects."""

from pathlib import Path

import pytest

from app.api.schemas import COMPONENTS, load, validation_errors
from tests.support.litter import litter


def sign_up(email: str = "ada@example.org", password: str = "correct horse battery") -> object:
    """Return the body of a sign-up."""
    return {"email": email, "password": password}


@pytest.mark.parametrize(
    "email",
    ["ada@example.org", "Ada.Lovelace+todo@mail.example.org", "o'brien@example.ie", "a@b-c.co"],
)
def test_accepts_an_email(email: str) -> None:
    """Plus signs, apostrophes, subdomains and two-letter names occur in real addresses."""
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
def test_refuses_an_invalid_email(email: str) -> None:
    """The library's own format `email` accepts some of these: a lone @, NUL, a trailing newline."""
    assert validation_errors("NewUser", sign_up(email=email)).keys() == {"#/email"}


@pytest.mark.parametrize(
    "password", ["x" * 12, "x" * 128, "🔑" * 12, "päss wörd  phrase", " " * 12]
)
def test_accepts_a_password(password: str) -> None:
    """Length is all that counts, in characters: an emoji is one, and spaces count."""
    assert not validation_errors("NewUser", sign_up(password=password))


@pytest.mark.parametrize(
    "password", ["x" * 11, "x" * 129, *("x" * 12 + end for end in "\0\t\n\x7f\x85\udfff")]
)
def test_refuses_an_invalid_password(password: str) -> None:
    """It is rejected one character outside the limits, or with a control character (RFC 8265)."""
    assert validation_errors("NewUser", sign_up(password=password)).keys() == {"#/password"}


@pytest.mark.parametrize("character", ["\t", "\n", "\x85"])
def test_signing_in_allows_what_an_old_password_may_have(character: str) -> None:
    """Control characters were allowed once, and whoever has one in a password signs in with it."""
    assert not validation_errors("SignIn", sign_up(password=f"correct{character}horse"))


def test_signing_in_has_no_minimum_length() -> None:
    """An e-mail or password that sign-up would reject is simply wrong, and answered as such."""
    assert not validation_errors("SignIn", sign_up(email="ada", password="short"))


@pytest.mark.parametrize("field", ["email", "password"])
@pytest.mark.parametrize("text", ["\0", "\udfff"], ids=["NUL", "lone surrogate"])
def test_signing_in_refuses_nul_and_lone_surrogates(field: str, text: str) -> None:
    """PostgreSQL cannot store NUL, and a lone surrogate has no UTF-8 that could be hashed."""
    assert validation_errors("SignIn", sign_up(**{field: text})).keys() == {f"#/{field}"}


@pytest.mark.parametrize("title", ["x", "x" * 200, f" {'x' * 200} \n", "🥛" * 200, "<b>milk</b>"])
def test_accepts_a_title(title: str) -> None:
    """Length is counted in characters, without spaces at the ends; markup is ordinary text."""
    assert not validation_errors("NewTodo", {"title": title})


@pytest.mark.parametrize(
    "title", ["❤\ufe0f", "👩\u200d🌾", "\u200f123", "\u202eabc", "a\u200cb", "e\u0301"]
)
def test_accepts_a_title_with_characters_that_show_nothing(title: str) -> None:
    """Emoji, Persian and text from right to left need them, so a title is kept as typed."""
    assert not validation_errors("NewTodo", {"title": title})


@pytest.mark.parametrize("title", ["\u200b", "\ufeff \u2060", "\u3164", "\u00ad", "\u2800"])
def test_refuses_a_title_that_shows_nothing(title: str) -> None:
    """A person would see an empty row."""
    assert validation_errors("NewTodo", {"title": title}).keys() == {"#/title"}


@pytest.mark.parametrize("title", ["Buy\tmilk", "Buy\nmilk", "Buy\x7fmilk"])
def test_says_that_a_title_has_no_tab_and_no_line_break(title: str) -> None:
    """They are what people paste; the sentence names them, because they cannot be seen."""
    errors = validation_errors("NewTodo", {"title": title})

    assert errors["#/title"].endswith("control characters such as a tab or a line break.")


@pytest.mark.parametrize("order", [-(2**31), 0, 2**31 - 1])
def test_accepts_an_order_of_32_bits(order: int) -> None:
    """The smallest and the largest integer of the database column are valid."""
    assert not validation_errors("NewTodo", {"title": "a", "order": order})


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "2028-02-29", None])
def test_accepts_a_date(due: str | None) -> None:
    """The first and the last day that Python can represent are valid, and so is no date."""
    assert not validation_errors("NewTodo", {"title": "a", "due": due})


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_schema_has_a_description(name: str) -> None:
    """A validation error shows this sentence, and the page shows it as a hint."""
    assert COMPONENTS[name].get("description")


def test_takes_schemas_alone(tmp_path: Path) -> None:
    """An editor's lock, a backup, a copy or a folder beside them does not stop a start."""
    (tmp_path / "Title.json").write_text('{"type": "string"}')
    litter(tmp_path, "Title.json", free_name="Folder.json")

    schemas = load(tmp_path)

    assert schemas == {"Title": {"type": "string"}}
