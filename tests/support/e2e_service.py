"""The service that the browser tests visit, with rate limits that never stop a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.service import NotReadyError, ServiceProcess

# Tests know the secret, so that one of them can sign an expired token.
SECRET_KEY = "a secret key that signs tokens for tests only"
# Every test signs up from the same address.
NO_LIMIT = "1000000"
# With two, a change and the pages that must show it are often in different processes.
PROCESSES = "2"


@contextmanager
def serve(database_url: str, breach_api_url: str, log: Path) -> Iterator[ServiceProcess]:
    """Run a service until the block ends; if it does not start, the whole run ends."""
    log.parent.mkdir(parents=True, exist_ok=True)
    service = ServiceProcess(
        log,
        DATABASE_URL=database_url,
        BREACH_API_URL=breach_api_url,
        SECRET_KEY=SECRET_KEY,
        PROCESSES=PROCESSES,
        SIGN_UPS_PER_ADDRESS=NO_LIMIT,
        SIGN_IN_FAILURES_PER_ADDRESS=NO_LIMIT,
    )
    try:
        service.start()
        yield service
    except NotReadyError as error:
        pytest.exit(f"The service does not start. {error}", returncode=1)
    finally:
        service.stop()
