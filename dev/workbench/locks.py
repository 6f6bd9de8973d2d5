"""Locks between commands; the kernel drops them when a command dies, however it dies."""

import fcntl
import time
from contextlib import contextmanager

from workbench.paths import CACHE
from workbench.say import say


def open_lock(name):
    """Open the lock file called ``name``."""
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / name).open("a+")


def try_lock(handle, kind=fcntl.LOCK_EX):
    """Take the lock if it is free; tell whether it was."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusive(name):
    """Let one command at a time do what ``name`` stands for."""
    with open_lock(name) as handle:
        if not _soon(handle):
            say(f"  waiting for another command that is busy with: {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _soon(handle):
    """Wait for a second without a word."""
    for _ in range(10):
        if try_lock(handle):
            return True
        time.sleep(0.1)
    return False
