"""Whether a server runs on the data of this machine: a lock that ends with the process."""

import fcntl
import os
from pathlib import Path

from django.conf import settings


def _file() -> int:
    path = Path(settings.DATA_DIR) / "serving.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def say_that_we_serve() -> None:
    """Hold the lock for as long as this process or a child of it lives."""
    fcntl.flock(_file(), fcntl.LOCK_SH)


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
