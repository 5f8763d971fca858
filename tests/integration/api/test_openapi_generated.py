"""Requests that schemathesis generates from the published OpenAPI document, with all its checks.

Schemathesis runs as a process, because its pytest integration does not work with pytest 9.2:
`@schema.parametrize()` gives the tests of all operations one node id, so none can be selected or
reported by itself, and `schemathesis.pytest.from_fixture` fails with "'Function' object has no
attribute '_nodeid'" (schemathesis 4.32.5).
"""

import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import children
from tests.support.paths import ROOT
from tests.support.resilience_service import ResilienceService

SCHEMATHESIS = str(Path(sysconfig.get_path("scripts"), "st"))
CONFIG = str(Path(__file__).with_name("schemathesis.toml"))
# PYTHONPATH lets it find our hooks, because it writes files where it runs and so runs elsewhere.
# Coverage's variable is left out: a measured schemathesis would be several times slower.
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
UNLIMITED = str(10**6)


@pytest.fixture
def service(migrated_url: str, tmp_path: Path) -> Iterator[ResilienceService]:
    """Start the service as a process, without a rate limit that generated requests would hit."""
    service = ResilienceService(
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
        service.kill()


# The number of requests is bounded, the time is not: a busy machine may need more than other tests.
@pytest.mark.timeout(1800)
@pytest.mark.slow
def test_keeps_to_its_description(service: ResilienceService, tmp_path: Path) -> None:
    """A valid request is answered as the description says, and an invalid one is refused.

    The test is slow: it starts a process and sends hundreds of requests. Each run sends the same
    ones (schemathesis.toml has the seed), so whether a change passes is not left to luck.
    """
    [(header, value)] = service.new_user().items()
    command = [SCHEMATHESIS, "--config-file", CONFIG, "run", f"{service.address}/openapi.json"]
    options = ["--header", f"{header}: {value}", "--no-color"]
    log = tmp_path / "schemathesis.log"

    with log.open("wb") as output:
        code = children.run(
            command + options, cwd=tmp_path, env=ENVIRONMENT, stdout=output, stderr=output
        )

    assert code == 0, log.read_text(encoding="utf-8")
