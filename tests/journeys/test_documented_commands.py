"""The commands that README and docs show do what they say, on the sample year."""

import json
from pathlib import Path
from shutil import copy

import pytest

from tests.house.commands import documented, shangheng
from tests.journeys.server import Data

pytestmark = [pytest.mark.journey, pytest.mark.once]

# Commands that answer and leave the data as it is. Those that wait, ask, or change are told in journeys of their own.
READING = {"figure", "report", "audit", "check", "claims", "export"}


def documented_readings() -> list[tuple[str, ...]]:
    shown = {tuple(words) for each in documented() if (words := shangheng(each.words))}
    return sorted(words for words in shown if words[0] in READING)


@pytest.mark.parametrize("words", documented_readings(), ids=" ".join)
def test_the_documented_command_answers(
    words: tuple[str, ...], sample_data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for (
        name
    ) in words:  # a report that a command reads is there, as on the machine of who reads the page
        if name == "report.docx" and words[0] == "claims":
            copy(sample_data.folder / "work-summary-2021.docx", tmp_path / name)
    done = sample_data.run(*words)
    # 1 is an answer too: “no”, or a finding
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if "--json" in words:
        json.loads(done.stdout)
    if "--out" in words:
        assert (tmp_path / words[words.index("--out") + 1]).stat().st_size > 0
