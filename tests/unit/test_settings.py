"""Settings: what is read from the environment, and how an invalid value is reported."""

import pytest
from pydantic import ValidationError

from app.settings import Settings, explain

REQUIRED = {"DATABASE_URL": "postgresql://127.0.0.1/todo", "SECRET_KEY": "s" * 32}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Contain only the required variables."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def validation_errors() -> list[str]:
    """Return one line for each invalid variable of the environment."""
    with pytest.raises(ValidationError) as error:
        Settings()
    return explain(error.value)


@pytest.mark.usefixtures("environment")
def test_only_two_variables_are_required() -> None:
    """Everything else has a default, with which the service runs on a developer's machine."""
    settings = Settings()

    assert settings.port == 8000
    assert settings.public_url == "http://127.0.0.1:8000"


def test_the_default_url_has_the_chosen_port(environment: pytest.MonkeyPatch) -> None:
    """Otherwise a person who sets PORT would have to set PUBLIC_URL too."""
    environment.setenv("PORT", "9000")

    assert Settings().public_url == "http://127.0.0.1:9000"


def test_an_empty_variable_keeps_the_default(environment: pytest.MonkeyPatch) -> None:
    """Copied from .env.example, an optional variable is empty rather than absent."""
    environment.setenv("PORT", "")

    assert Settings().port == 8000


def test_the_public_url_is_normalized(environment: pytest.MonkeyPatch) -> None:
    """It is compared with origins, which are in lower case and have no trailing slash."""
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
def test_the_default_port_of_a_scheme_is_removed(
    given: str, origin: str, environment: pytest.MonkeyPatch
) -> None:
    """Browsers leave it out of the Origin and Host headers (RFC 6454), which must equal the URL."""
    environment.setenv("PUBLIC_URL", given)

    assert Settings().public_url == origin


def test_the_default_url_has_no_port_80(environment: pytest.MonkeyPatch) -> None:
    """The URL that is derived from PORT is normalized like one that was set."""
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
        ("PUBLIC_URL", "https://bücher.example"),
        ("SIGN_UPS_PER_ADDRESS", "0"),
        ("LIMIT_MINUTES", "1441"),
        ("SIGN_IN_FAILURES_PER_ACCOUNT", "1000001"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    name: str, value: str, environment: pytest.MonkeyPatch
) -> None:
    """The line does not repeat the value, which may be a secret."""
    environment.setenv(name, value)

    [line] = validation_errors()

    assert line.startswith(f"{name}: ")
    assert value not in line.removeprefix(name)


@pytest.mark.parametrize(
    ("name", "value", "default"),
    [
        ("HOST", "x86_64-conda-linux-gnu", "127.0.0.1"),
        ("HOST", "todo.example", "127.0.0.1"),
        ("THREADS", "8", 64),
        ("THREADS", "many", 64),
        ("LOG_LEVEL", "trace", "INFO"),
    ],
)
def test_ignores_the_variable_of_another_program(
    name: str,
    value: str,
    default: object,
    environment: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Conda exports HOST, others THREADS or LOG_LEVEL; a warning names what is ignored."""
    environment.setenv(name, value)

    settings = Settings()

    assert getattr(settings, name.lower()) == default
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [name]


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("HOST", "::", "::"),
        ("HOST", "[::1]", "::1"),
        ("HOST", "localhost", "localhost"),
        ("THREADS", "1024", 1024),
    ],
)
def test_reads_a_shared_name_if_its_value_is_possible(
    name: str, value: str, setting: object, environment: pytest.MonkeyPatch
) -> None:
    """Whatever could be meant for the service is."""
    environment.setenv(name, value)

    assert getattr(Settings(), name.lower()) == setting


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 8000), ("localhost", 8000), ("::1", 8000), ("0.0.0.0", None), ("::", None)],  # noqa: S104 -- not listened on
)
def test_a_local_port_is_one_that_other_machines_cannot_reach(
    host: str, port: int | None, environment: pytest.MonkeyPatch
) -> None:
    """Only then does a request for localhost come from this machine, such as through a tunnel."""
    environment.setenv("HOST", host)

    assert Settings().local_port == port


def test_a_line_has_the_error_and_the_rule(environment: pytest.MonkeyPatch) -> None:
    """The rule is the description that the README and .env.example show too."""
    environment.setenv("TIMEZONE", "Europe/Atlantis")

    rule = "The time zone whose calendar decides when a todo is overdue, such as Europe/Vienna."
    assert validation_errors() == [f"TIMEZONE: there is no such time zone. ({rule})"]


def test_reports_every_invalid_variable(environment: pytest.MonkeyPatch) -> None:
    """One attempt to start shows everything that has to be corrected."""
    for name in REQUIRED:
        environment.delenv(name)

    names = [line.partition(":")[0] for line in validation_errors()]

    assert names == ["DATABASE_URL", "SECRET_KEY"]


def test_settings_do_not_show_the_secret(environment: pytest.MonkeyPatch) -> None:
    """Their repr may end up in a log or in a traceback."""
    environment.setenv("SECRET_KEY", "a secret of more than 32 bytes, as required")

    assert "a secret" not in repr(Settings())


def test_the_current_secret_comes_before_the_previous_one(
    environment: pytest.MonkeyPatch,
) -> None:
    """The first secret signs tokens, and the others only verify them."""
    environment.setenv("SECRET_KEY_PREVIOUS", "p" * 32)

    assert Settings().secrets == ["s" * 32, "p" * 32]
