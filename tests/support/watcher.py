"""Ends what a command started, where the command was killed and could not do so itself.

A program of its own that needs no other module: `children.py` starts it and writes to its standard
input. The end of that input means that the command is gone. Each line adds (+) or removes (-) an
entry: a folder, or a signal and a process, or a signal and a group as a negative number.
"""

import os
import shutil
import signal
import sys
import time

# The tests' servers finish the requests that they have begun.
STOP_SECONDS = 30
POLL_SECONDS = 0.05


def main() -> None:
    """Follow the entries until the command ends; then end those that are left, newest first."""
    entries: list[str] = []
    for line in map(os.fsdecode, sys.stdin.buffer):
        entry = line[1:].removesuffix("\n")
        if line.startswith("+"):
            entries.append(entry)
        elif entry in entries:
            entries.remove(entry)
    for entry in reversed(entries):
        kind, _, what = entry.partition(" ")
        if kind == "folder":
            shutil.rmtree(what, ignore_errors=True)
        else:
            end(int(what), int(kind))


def end(target: int, politely: int) -> None:
    """Send a signal to a process or a group; kill the whole group if it still exists later."""
    deadline = time.monotonic() + STOP_SECONDS
    exists = _send(target, politely)
    while exists and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        exists = _send(target, 0)
    _send(-abs(target), signal.SIGKILL)


def _send(target: int, number: int) -> bool:
    """Return whether there was somebody to receive the signal."""
    try:
        os.kill(target, number)
    except (ProcessLookupError, PermissionError):  # macOS forbids to signal a zombie
        return False
    return True


if __name__ == "__main__":
    main()
