"""The service that the browser tests visit, with settings that leave room for many tests."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.service import NotReadyError, ServiceProcess

# Every test signs up from the same address.
NO_LIMIT = "1000000"
# So that a change and the page that shall hear of it are often in different ones.
PROCESSES = "2"


@contextmanager
def serve(
    database_url: str, breach_api_url: str, log: Path, **settings: str
) -> Iterator[ServiceProcess]:
    """Run a service within the block; without it, no test makes sense, and the run ends."""
    log.parent.mkdir(parents=True, exist_ok=True)
    usual = {
        "DATABASE_URL": database_url,
        "BREACH_API_URL": breach_api_url,
        "SECRET_KEY": secrets.token_hex(),
        "PROCESSES": PROCESSES,
        "SIGN_UPS_PER_ADDRESS": NO_LIMIT,
        "SIGN_IN_FAILURES_PER_ADDRESS": NO_LIMIT,
    }
    service = ServiceProcess(log, **(usual | settings))
    try:
        service.start()
        yield service
    except NotReadyError as error:
        pytest.exit(f"The service does not start. {error}", returncode=1)
    finally:
        service.stop()
