"""PostgreSQL in a container. Importing this fails where testcontainers refuses its settings."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from docker.errors import DockerException, ImageNotFound  # type: ignore[import-untyped]
from requests import RequestException

from tests.support.paths import BUILD
from tests.support.postgres_servers import ANSWER_SECONDS, NoServerError
from tests.support.reasons import reason, reason_of_pull

# testcontainers reads these when it is imported; its default is to poll once a second. A container
# starts in a few seconds, and on a busy machine in less than three minutes.
os.environ.update(TC_POOLING_INTERVAL="0.1", TC_MAX_TRIES="1800")

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.config import testcontainers_config as config
from testcontainers.core.docker_client import DockerClient

# Crash safety costs time, and this data need not outlive a crash.
COMMAND = "postgres -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
# Images differ in where they keep the data, and some declare a volume there, which is on disk.
# Every image accepts another directory as PGDATA, and none declares a volume for this one.
DATA = "/data-in-memory"
LOG = BUILD / "postgres.log"
# testcontainers would add the prefix of TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX to the image of Ryuk,
# which removes the containers of a killed run, again and again.
PREFIX, config.hub_image_name_prefix = (
    config.hub_image_name_prefix,
    "",
)
RYUK = config.ryuk_image = PREFIX + config.ryuk_image

NO_PERMISSION = (
    "this user may not use the Docker engine (sudo usermod --append --groups docker $USER)"
)


@contextmanager
def started(image: str) -> Iterator[str]:
    """Run the image with its data in memory, and yield a URL; raises NoServerError, or anything."""
    image = PREFIX + image
    _require(image)
    server = PostgresContainer(image, username="test", password="test", dbname="test", driver=None)
    server.with_command(COMMAND).with_env("PGDATA", DATA).with_tmpfs_mount(DATA)
    try:
        yield server.start().get_connection_url()
    finally:
        _remove(server)


def _remove(server: PostgresContainer) -> None:
    """Remove the container, and keep its log; what fails here must not fail the tests."""
    with suppress(Exception):  # a container that was not created has none
        _keep_log(server)
    try:
        server.stop()
    except Exception as error:  # noqa: BLE001 -- the engine may be gone
        print(f"{server.image} may still run: {reason(error)}", file=sys.stderr)  # noqa: T201


def _keep_log(server: PostgresContainer) -> None:
    """Save its stdout and its stderr, which are lost when the container is removed."""
    BUILD.mkdir(exist_ok=True)
    LOG.write_bytes(b"".join(server.get_logs()))


def _require(image: str) -> None:
    """Check that there is an engine, and pull the images that are missing."""
    try:
        DockerClient(timeout=ANSWER_SECONDS).client.close()
    except (DockerException, RequestException) as error:
        refused = "Permission denied" in str(error)
        raise NoServerError(NO_PERMISSION if refused else "no Docker engine answers") from error
    except Exception as error:
        raise NoServerError(f"Docker cannot be used: {reason(error)}") from error
    with closing(DockerClient().client) as engine:
        for needed in (image,) if config.ryuk_disabled else (image, RYUK):
            _pull_if_missing(engine, needed)


def _pull_if_missing(engine: Any, image: str) -> None:  # noqa: ANN401 -- docker has no types
    try:
        engine.images.get(image)
    except ImageNotFound:
        print(f"Pulling {image}.", file=sys.stderr, flush=True)  # noqa: T201 -- progress
        try:
            engine.images.pull(image)
        except Exception as error:
            why = reason_of_pull(error)
            message = f"{image} cannot be pulled: {why}. Type: docker pull {image}"
            raise NoServerError(message) from error
