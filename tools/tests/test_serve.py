"""What `make run` hands on to the service; nothing is started."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from tools import serve

EMBEDDED = "postgresql://embedded"


@pytest.fixture
def environments(mocker: MockerFixture, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Collect the environments in which the service is started."""
    found: list[dict[str, str]] = []

    @contextmanager
    def run(
        _command: list[str], *, cwd: Path, env: dict[str, str]
    ) -> Iterator[subprocess.Popen[bytes]]:
        assert cwd.is_dir()
        found.append(env)
        yield mocker.create_autospec(subprocess.Popen, instance=True)

    mocker.patch.object(serve, "running", autospec=True, side_effect=run)
    mocker.patch.object(serve, "_announce", autospec=True)
    mocker.patch.object(serve, "load_dotenv", autospec=True)
    mocker.patch.object(serve, "claimed", autospec=True, return_value=nullcontext())
    mocker.patch.object(
        serve, "EmbeddedPostgres", autospec=True, return_value=nullcontext(EMBEDDED)
    )
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    monkeypatch.setenv("PGSSLMODE", "require")
    monkeypatch.setenv("TITLE", "of another program")
    monkeypatch.setenv("TOKEN_MINUTES", "5")
    return found


def test_the_embedded_server_is_not_for_the_callers_libpq(
    environments: list[dict[str, str]],
) -> None:
    """PGSSLMODE and its like are meant for another server; the service's settings count."""
    serve.serve()

    assert environments[0]["DATABASE_URL"] == EMBEDDED
    assert environments[0]["TOKEN_MINUTES"] == "5"
    assert not environments[0].keys() & {"PGSSLMODE", "TITLE"}


def test_a_server_of_the_callers_own_gets_libpqs_variables(
    environments: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With DATABASE_URL, the service connects as the caller's other programs do."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/todo")

    serve.serve()

    assert environments[0]["DATABASE_URL"] == "postgresql://db.example/todo"
    assert environments[0]["PGSSLMODE"] == "require"
