"""Settings: what is read from the environment, and how a wrong one is told."""

import pytest
from pydantic import ValidationError

from app.settings import Settings, explain

RIGHT = {"DATABASE_URL": "postgresql://127.0.0.1/todo", "SECRET_KEY": "s" * 32}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return an environment that holds just what is required."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def validation_errors() -> list[str]:
    """Return what is said about the environment's faults."""
    with pytest.raises(ValidationError) as error:
        Settings()
    return explain(error.value)


@pytest.mark.usefixtures("environment")
def test_two_variables_are_enough() -> None:
    """Everything but the database and the secret has a default."""
    settings = Settings()

    assert settings.port == 8000
    assert settings.public_url == "http://127.0.0.1:8000"


def test_the_default_address_follows_the_port(environment: pytest.MonkeyPatch) -> None:
    """Another port is another address for browsers, without saying it twice."""
    environment.setenv("PORT", "9000")

    assert Settings().public_url == "http://127.0.0.1:9000"


def test_an_empty_variable_is_not_set(environment: pytest.MonkeyPatch) -> None:
    """What .env.example leaves empty keeps its default."""
    environment.setenv("PORT", "")

    assert Settings().port == 8000


def test_the_public_address_is_an_origin(environment: pytest.MonkeyPatch) -> None:
    """Case and a last slash do not matter."""
    environment.setenv("PUBLIC_URL", "https://Todo.Example/")

    assert Settings().public_url == "https://todo.example"


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("http://Todo.Example:80", "http://todo.example"),
        ("https://todo.example:443/", "https://todo.example"),
        ("https://todo.example:80", "https://todo.example:80"),
        ("http://todo.example:8080", "http://todo.example:8080"),
    ],
)
def test_a_schemes_own_port_is_left_out(
    given: str, origin: str, environment: pytest.MonkeyPatch
) -> None:
    """The public address is compared with what browsers send, and they leave that port out."""
    environment.setenv("PUBLIC_URL", given)

    assert Settings().public_url == origin


def test_the_default_address_leaves_port_80_out(environment: pytest.MonkeyPatch) -> None:
    """The same holds where only the port was chosen."""
    environment.setenv("PORT", "80")

    assert Settings().public_url == "http://127.0.0.1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://127.0.0.1/todo"),
        ("DATABASE_URL", "host=127.0.0.1"),
        ("DATABASE_URL", "postgresql://127.0.0.1/todo?nonsense=1"),
        ("SECRET_KEY", "s" * 31),
        ("SECRET_KEY_PREVIOUS", "short"),
        ("TOKEN_MINUTES", "0"),
        ("PUBLIC_URL", "todo.example"),
        ("PUBLIC_URL", "https://todo.example/app"),
        ("PUBLIC_URL", "ftp://todo.example"),
        ("PUBLIC_URL", "https://ada:secret@todo.example"),
        ("PUBLIC_URL", "https://todo.example:99999"),
        ("PUBLIC_URL", "https://todo.example:0"),
        ("BREACH_API_URL", "https://breaches.example/?key=1"),
        ("TRUSTED_PROXIES", "-1"),
        ("TIMEZONE", "Europe/Atlantis"),
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("THREADS", "63"),
        ("LOG_LEVEL", "chatty"),
        ("SIGN_UPS_PER_ADDRESS", "0"),
        ("LIMIT_MINUTES", "1441"),
        ("SIGN_IN_FAILURES_PER_ACCOUNT", "1000001"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    name: str, value: str, environment: pytest.MonkeyPatch
) -> None:
    """Each fault is one line with the variable's name and rule, and without its value."""
    environment.setenv(name, value)

    [line] = validation_errors()

    assert line.startswith(f"{name}: ")
    assert value not in line.removeprefix(name)


def test_a_line_says_what_is_wrong_and_what_is_right(environment: pytest.MonkeyPatch) -> None:
    """Beside the fault stands the variable's own rule, as the documents have it."""
    environment.setenv("TIMEZONE", "Europe/Atlantis")

    rule = "The time zone whose calendar decides when a todo is overdue, such as Europe/Vienna."
    assert validation_errors() == [f"TIMEZONE: there is no such time zone. ({rule})"]


def test_names_every_fault(environment: pytest.MonkeyPatch) -> None:
    """Two variables that are missing are two lines."""
    for name in RIGHT:
        environment.delenv(name)

    assert [line.split(":")[0] for line in validation_errors()] == ["DATABASE_URL", "SECRET_KEY"]


def test_a_secret_does_not_show(environment: pytest.MonkeyPatch) -> None:
    """Settings that end up in a log or a traceback do not give the secret away."""
    environment.setenv("SECRET_KEY", "a secret of at least 32 bytes, all told")

    assert "a secret" not in repr(Settings())


@pytest.mark.usefixtures("environment")
def test_signs_with_the_current_secret_and_accepts_the_former(
    environment: pytest.MonkeyPatch,
) -> None:
    """The secret that signs is first."""
    environment.setenv("SECRET_KEY_PREVIOUS", "p" * 32)

    assert Settings().secrets == ["s" * 32, "p" * 32]
