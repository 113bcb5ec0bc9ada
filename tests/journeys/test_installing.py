"""The bundle installs on a machine without a network, and only what is whole."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.once
WHEEL = "shangheng-9.9.9-py3-none-any.whl"
FILES = {
    "shangheng_small.py": "def main():\n    print('it runs')\n",
    "shangheng-9.9.9.dist-info/METADATA": "Metadata-Version: 2.1\nName: shangheng\nVersion: 9.9.9\n",
    "shangheng-9.9.9.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "shangheng-9.9.9.dist-info/entry_points.txt": "[console_scripts]\nshangheng = shangheng_small:main\n",
    "shangheng-9.9.9.dist-info/RECORD": "",
}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle as `make bundle` lays it out, with a program of one line in it."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    with zipfile.ZipFile(folder / "wheels" / WHEEL, "w") as wheel:
        for name, content in FILES.items():
            wheel.writestr(name, content)
    shutil.copy(ROOT / "deploy" / "install", folder)
    (folder / "PYTHON").write_text(f"{sys.version_info.major}.{sys.version_info.minor}\n")
    (folder / "bundle.lock").write_text(f"shangheng==9.9.9 --hash=sha256:{digest(folder, WHEEL)}\n")
    (folder / "docs").mkdir()
    (folder / "docs" / "page.md").write_text("# A page\n")
    sum_up(folder)
    return folder


def digest(folder: Path, wheel: str) -> str:
    return hashlib.sha256((folder / "wheels" / wheel).read_bytes()).hexdigest()


def sum_up(folder: Path) -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))


def install(bundle: Path, target: Path) -> "subprocess.CompletedProcess[str]":
    """Run the installer where every way to a network leads nowhere."""
    nowhere = "http://127.0.0.1:9"
    ways = dict.fromkeys(("http_proxy", "https_proxy", "PIP_INDEX_URL", "PIP_PROXY"), nowhere)
    return subprocess.run(
        [bundle / "install", target],
        env={**os.environ, **ways, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_bundle_is_installed_without_a_network_and_only_when_it_is_whole(
    bundle: Path, tmp_path: Path
) -> None:
    target = tmp_path / "srv"
    done = install(bundle, target)
    assert done.returncode == 0, done.stdout + done.stderr
    said = subprocess.run([target / ".venv/bin/shangheng"], capture_output=True, check=True)
    assert said.stdout == b"it runs\n"
    assert (target / "docs" / "page.md").exists()

    (bundle / "docs" / "page.md").write_text("# Another page\n")
    refused = install(bundle, tmp_path / "never")
    assert refused.returncode == 1
    assert "被改动" in refused.stderr
    assert not (tmp_path / "never").exists()

    (bundle / "PYTHON").write_text("3.1\n")
    sum_up(bundle)
    refused = install(bundle, tmp_path / "never")
    assert refused.returncode == 1
    assert "Python 3.1" in refused.stderr


def test_a_bundle_that_lacks_a_package_asks_no_index_for_it(bundle: Path, tmp_path: Path) -> None:
    with (bundle / "bundle.lock").open("a") as lock:
        lock.write(f"django==6.1.3 --hash=sha256:{'0' * 64}\n")
    sum_up(bundle)
    refused = install(bundle, tmp_path / "srv")
    assert refused.returncode == 1
    assert "django" in refused.stderr
    assert "127.0.0.1:9" not in refused.stderr


def test_the_bundle_takes_exactly_what_the_lock_names_and_proves_it_before_it_is_packed() -> None:
    script = (ROOT / "scripts" / "bundle").read_text()
    assert "--require-hashes \\\n  --requirement requirements.lock" in script
    assert "--dry-run --ignore-installed --no-index" in script
