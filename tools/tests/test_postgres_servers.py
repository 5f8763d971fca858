"""The container of a test run, when Docker does not do what it should."""

from contextlib import ExitStack
from unittest.mock import Mock

import pytest
from docker.errors import APIError, DockerException, ImageNotFound  # type: ignore[import-untyped]
from docker.models.images import ImageCollection  # type: ignore[import-untyped]
from pytest_mock import MockerFixture
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.config import testcontainers_config as config

from tests.support import postgres, postgres_container, postgres_servers
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
    mocker.patch.object(postgres_container, "_require", autospec=True)
    mocker.patch("testcontainers.core.container.DockerClient", autospec=True)


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
    mocker.patch.object(postgres_container, "DockerClient", autospec=True, side_effect=failure)

    with pytest.raises(NoServerError, match="Docker"):
        container(IMAGE).__enter__()


@pytest.fixture
def images(mocker: MockerFixture) -> Mock:
    """Let an engine answer whose registry does not; a test says which images the engine has."""
    client = mocker.patch.object(postgres_container, "DockerClient", autospec=True).return_value
    client.client = mocker.Mock(images=mocker.create_autospec(ImageCollection, instance=True))
    found: Mock = client.client.images
    return found


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("dial tcp: lookup registry.example: no such host", "there is no network, or no such reg"),
        ("dial tcp 192.0.2.1:443: i/o timeout", "its registry does not answer"),
        ("manifest for postgres:99 not found", "its registry has no such image for you"),
        ("a new reason, " + 40 * "of many words ", "a new reason, of many words"),
    ],
    ids=["no network", "no answer", "no such image", "a new reason"],
)
def test_says_in_one_line_why_an_image_cannot_be_pulled(
    words: str, meaning: str, images: Mock
) -> None:
    """The line names the image, the reason in words, and the command to type."""
    images.get.side_effect = ImageNotFound("no such image")
    images.pull.side_effect = APIError("500 for http+docker://", None, words)

    with pytest.raises(NoServerError) as error:
        container(IMAGE).__enter__()

    message = str(error.value)
    assert message.startswith(f"{IMAGE} cannot be pulled: {meaning}")
    assert message.endswith(f". Type: docker pull {IMAGE}")
    assert len(message) < 220


def test_names_the_image_of_ryuk_when_it_is_missing(
    images: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container needs a second image, and PostgreSQL's is not to blame for it."""
    monkeypatch.setattr(config, "ryuk_disabled", False)
    images.get.side_effect = [None, ImageNotFound("no such image")]
    images.pull.side_effect = APIError("500 for http+docker://", None, "EOF")

    with pytest.raises(NoServerError, match=r"ryuk:\S+ cannot be pulled: its registry does not"):
        container(IMAGE).__enter__()


def test_says_that_the_user_may_not_use_the_engine(mocker: MockerFixture) -> None:
    """An engine that runs and refuses the user is another case than no engine."""
    refused = DockerException("('Connection aborted.', PermissionError(13, 'Permission denied'))")
    mocker.patch.object(postgres_container, "DockerClient", autospec=True, side_effect=refused)

    with pytest.raises(NoServerError, match="this user may not use the Docker engine"):
        container(IMAGE).__enter__()


@pytest.mark.usefixtures("_engine")
def test_the_embedded_server_replaces_a_container_that_fails(mocker: MockerFixture) -> None:
    """The run's header says why there is no container."""
    failure = ConnectionRefusedError("refused")
    mocker.patch.object(PostgresContainer, "start", autospec=True, side_effect=failure)
    mocker.patch.dict("os.environ", {"TEST_POSTGRES_IMAGE": IMAGE})
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
