"""The container of a test run, when Docker does not do what it should."""

from contextlib import ExitStack

import pytest
from docker.errors import DockerException  # type: ignore[import-untyped]
from pytest_mock import MockerFixture
from testcontainers.community.postgres import PostgresContainer

from tests.support import postgres, postgres_servers
from tests.support.postgres_servers import NoServerError, Postgres, container

IMAGE = "postgres:18-alpine"
FAILURES = [
    pytest.param(ConnectionRefusedError("refused"), id="a container's port does not answer"),
    pytest.param(OSError("no file"), id="a file of certificates is missing"),
    pytest.param(KeyError("Ports"), id="an engine that answers otherwise"),
    pytest.param(DockerException("no space"), id="the engine refuses"),
]


@pytest.fixture
def _engine(mocker: MockerFixture) -> None:
    """Let an engine answer that has the image; what its containers do is up to the test."""
    mocker.patch.object(postgres_servers, "_require", autospec=True)


@pytest.mark.usefixtures("_engine")
@pytest.mark.parametrize("failure", FAILURES)
def test_a_container_that_fails_is_no_server(failure: Exception, mocker: MockerFixture) -> None:
    """Whatever fails becomes one error with a reason, so that another server can be tried."""
    mocker.patch.object(PostgresContainer, "start", autospec=True, side_effect=failure)

    with pytest.raises(NoServerError, match=f"{IMAGE} does not start: "):
        container(IMAGE).__enter__()


@pytest.mark.parametrize("failure", FAILURES)
def test_an_engine_that_fails_is_no_server(failure: Exception, mocker: MockerFixture) -> None:
    """An engine may fail in any way before it is asked for a container."""
    mocker.patch.object(postgres_servers, "DockerClient", autospec=True, side_effect=failure)

    with pytest.raises(NoServerError, match="Docker"):
        container(IMAGE).__enter__()


@pytest.mark.usefixtures("_engine")
def test_the_embedded_server_replaces_a_container_that_fails(mocker: MockerFixture) -> None:
    """The run's header says why there is no container."""
    failure = ConnectionRefusedError("refused")
    mocker.patch.object(PostgresContainer, "start", autospec=True, side_effect=failure)
    embedded = mocker.patch.object(postgres, "embedded", autospec=True)

    postgres.start("", ExitStack())

    embedded.assert_called_once_with(f"{IMAGE} does not start: refused")


@pytest.mark.usefixtures("_engine")
def test_a_container_that_cannot_be_removed_fails_no_run(
    mocker: MockerFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line names what may be left running after the last test."""
    mocker.patch.object(PostgresContainer, "start", autospec=True)
    mocker.patch.object(PostgresContainer, "get_logs", autospec=True, return_value=(b"", b""))
    mocker.patch.object(postgres_servers, "_version", autospec=True, return_value="18.1")
    gone = DockerException("the engine is gone")
    mocker.patch.object(PostgresContainer, "stop", autospec=True, side_effect=gone)

    with container(IMAGE) as server:
        assert isinstance(server, Postgres)

    assert capsys.readouterr().err == f"{IMAGE} may still run: the engine is gone\n"
