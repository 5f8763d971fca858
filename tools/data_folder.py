"""The folder .data: who uses it, and what `make run` keeps there between runs."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from tools.common import DATA, ToolError


@contextmanager
def claimed(address: str) -> Iterator[None]:
    """Keep .data to ourselves; raise ToolError, with their address, while others use it."""
    DATA.mkdir(exist_ok=True)
    with (DATA / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise ToolError(
                f"This folder's data is in use by {lock.read()}. Stop that first."
            ) from error
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def development_secret() -> str:
    """Return the key that signs this folder's tokens; make it on first use."""
    DATA.mkdir(exist_ok=True)
    kept = DATA / "secret-key"
    if not kept.exists():
        fresh = DATA / "secret-key.new"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        fresh.rename(kept)
    return kept.read_text()
