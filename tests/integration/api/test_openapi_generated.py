"""Requests that schemathesis makes up from the published description, with all of its checks."""

import os
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.resilience_service import Service

SCHEMATHESIS = str(Path(sysconfig.get_path("scripts"), "st"))
CONFIG = str(Path(__file__).with_name("schemathesis.toml"))
# It keeps notes where it runs, so it runs elsewhere, and finds its configuration's hooks by this.
OUR_MODULES = {"PYTHONPATH": str(ROOT)}
UNLIMITED = str(10**6)


@pytest.fixture
def service(migrated_url: str, tmp_path: Path) -> Iterator[Service]:
    """Return the service as a process, which lets one address try as often as it likes."""
    service = Service(
        migrated_url,
        tmp_path / "service.log",
        SIGN_UPS_PER_ADDRESS=UNLIMITED,
        SIGN_IN_FAILURES_PER_ACCOUNT=UNLIMITED,
        SIGN_IN_FAILURES_PER_ADDRESS=UNLIMITED,
    )
    try:
        service.start()
        yield service
    finally:
        service.stop()


@pytest.mark.slow
def test_keeps_to_its_description(
    service: Service, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Whatever the description allows is answered as it says, and what it forbids is refused.

    The test is slow: it starts a process and makes about a thousand requests. The run's
    --randomly-seed is schemathesis' seed too, so the same seed makes the same requests again.
    """
    [(header, value)] = service.new_person().items()
    command = [SCHEMATHESIS, "--config-file", CONFIG, "run", f"{service.address}/openapi.json"]
    seed = str(pytestconfig.getoption("randomly_seed"))
    options = ["--header", f"{header}: {value}", "--seed", seed, "--no-color"]

    ended = subprocess.run(  # noqa: S603 -- a program of our own environment
        command + options,
        cwd=tmp_path,
        env=os.environ | OUR_MODULES,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
