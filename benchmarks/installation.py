"""What is measured inside of an installation of its own: empty data, thrown away afterwards."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def measured(module: str, address: str, *arguments: object) -> dict[str, Any]:
    """What `python -m MODULE ARGUMENTS` prints as JSON in its last line.

    `address` is a database on PostgreSQL, "" for an SQLite file. Raises CalledProcessError.
    """
    with tempfile.TemporaryDirectory(prefix="shangheng-bench-") as folder:
        (Path(folder) / "static").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "shangheng.config.settings",
                "SHANGHENG_DATA": folder,
                "SHANGHENG_DATABASE": address or f"{folder}/shangheng.sqlite3",
                "SHANGHENG_BACKUP_AT": "off",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
