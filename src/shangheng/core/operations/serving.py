"""Whether a server runs on the data of this machine: a lock that ends with the process."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def _file() -> int:
    path = Path(settings.DATA_DIR) / "serving.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _numbers() -> Path:
    return Path(settings.DATA_DIR) / "metrics"


def say_that_we_serve() -> None:
    """Hold the lock for as long as this process or a child of it lives; whoever is alone clears away
    the numbers that killed servers left."""
    lock = _file()
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(_numbers(), ignore_errors=True)
    fcntl.flock(lock, fcntl.LOCK_SH)


def folder_of_numbers() -> str:
    """A new folder in which the processes of one server, which holds the lock, add up their numbers."""
    _numbers().mkdir(exist_ok=True)
    return tempfile.mkdtemp(dir=_numbers())


def somebody_serves() -> bool:
    """Whether any process holds it."""
    descriptor = _file()
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
