"""What the platform keeps on a machine is read by nobody else there."""

import os
import stat
import subprocess
import sys
from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def tell_settings(folder: Path) -> None:
    """Start from nothing as `make demo` does: settings, key, database; with the usual umask of 022."""
    program = (
        "import os; os.umask(0o022); import django; django.setup(); "
        "from django.core.management import call_command; call_command('migrate', 'search', verbosity=0)"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        env={
            **{name: value for name, value in os.environ.items() if "SHANGHENG" not in name},
            "DJANGO_SETTINGS_MODULE": "shangheng.config.settings",
            "SHANGHENG_DATA": str(folder),
        },
        check=True,
    )


def test_a_new_data_folder_and_what_lies_in_it_are_for_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    tell_settings(folder)
    assert mode(folder) == 0o700
    files = [path for path in folder.iterdir() if path.is_file()]
    assert {"secret-key", "shangheng.sqlite3"} <= {path.name for path in files}
    assert {path.name: mode(path) for path in files} == {path.name: 0o600 for path in files}


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    """Whoever made it may have a reason, such as a group that takes backups; the doctor tells."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o750)
    tell_settings(folder)
    assert mode(folder) == 0o750
