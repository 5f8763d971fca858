"""The folder .data, in which `make run` keeps its database and its development secret.

`python -m tools.data_folder` removes it.
"""

import fcntl
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tools.command import end_with
from tools.common import DATA, POSTGRES_HOME, ToolError
from tools.embedded_postgres import EmbeddedPostgres


def main() -> None:
    """Remove .data, unless a server uses it."""
    with claimed("`make clean-data`"):
        EmbeddedPostgres(POSTGRES_HOME).remove()
        shutil.rmtree(DATA)


@contextmanager
def claimed(user: str) -> Iterator[None]:
    """Lock .data for `user`; raise ToolError with the name of another user that has the lock."""
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
        lock.write(user)
        lock.flush()
        yield


def development_secret() -> str:
    """Return the key that signs tokens in development; create it on first use."""
    DATA.mkdir(exist_ok=True)
    path = DATA / "secret-key"
    if not path.exists():
        new = DATA / "secret-key.new"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(32))
        new.rename(path)
    return path.read_text()


if __name__ == "__main__":
    end_with(main)
