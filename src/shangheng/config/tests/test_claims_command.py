"""`shangheng claims check`: what it prints, writes and answers."""

import json
from pathlib import Path

import pytest

from shangheng.config.commands.claims import claims_command

WRONG = "64个在建项目中,已封顶项目40个,占总在建项目的65.1%。"
RIGHT = "64个在建项目中,已封顶项目40个,占总在建项目的62.5%。"


def test_the_command_answers_one_when_something_is_inconsistent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, code in ((WRONG, 1), (RIGHT, 0)):
        file = tmp_path / "report.txt"
        file.write_text(words, encoding="utf-8")
        assert claims_command(["check", str(file)]) == code
    assert "应为62.5%" in capsys.readouterr().out
    file.write_text(WRONG, encoding="utf-8")
    word, excel = tmp_path / "a.docx", tmp_path / "a.xlsx"
    assert (
        claims_command(["check", str(file), "--json", "--word", str(word), "--excel", str(excel)])
        == 1
    )
    assert json.loads(capsys.readouterr().out)["claims"][0]["check"] == "share"
    assert word.stat().st_size > 1000
    assert excel.stat().st_size > 1000


def test_the_command_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04")
    assert claims_command(["check", str(broken)]) == 2
    assert claims_command(["check", str(tmp_path / "missing.txt")]) == 2
    assert "损坏" in capsys.readouterr().err


def test_the_findings_are_said_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(WRONG, encoding="utf-8")
    told = {}
    for language in ("en", "zh"):
        claims_command(["check", str(file), "--json", "--lang", language])
        (told[language],) = json.loads(capsys.readouterr().out)["claims"]
    assert told["en"]["message"].startswith("The figures of the text make a share of 62.5%")
    assert "应为62.5%" in told["zh"]["message"]
    for same in ("arithmetic", "fingerprint", "quote"):
        assert told["en"][same] == told["zh"][same]
