"""The audit as JSON, as a Word file with comments, as an Excel list, and on the command line."""

import io
import json
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from shangheng.config.commands.claims import claims_command
from shangheng.methods.claims.audit import audit_text
from shangheng.methods.claims.output import audit_data
from shangheng.methods.claims.report import excel_list, word_report

WRONG = "67个签约项目中,已注册项目42个,占总签约项目的65.1%。"
RIGHT = "67个签约项目中,已注册项目42个,占总签约项目的62.7%。"


def test_the_data_has_the_agreed_shape() -> None:
    data = json.loads(json.dumps(audit_data(audit_text(WRONG))))
    assert data["coverage"] == {"quantities": 3, "understood": 3, "checked": 3}
    (claim,) = data["claims"]
    assert set(claim) == {
        "check",
        "verdict",
        "severity",
        "spans",
        "quote",
        "arithmetic",
        "message",
        "fingerprint",
    }
    assert (claim["check"], claim["verdict"], claim["severity"]) == (
        "share",
        "inconsistent",
        "major",
    )
    assert claim["spans"] == [[0, 3], [14, 17], [25, 30]]


def test_word_comments_stand_at_the_figures() -> None:
    document = docx.Document(io.BytesIO(word_report(audit_text(f"{RIGHT}\n{WRONG}\x0b=1+1"))))
    (comment,) = list(document.comments)
    assert "应为62.7%" in comment.text
    assert WRONG in "\n".join(p.text for p in document.paragraphs)


def test_the_excel_list_holds_every_finding_as_text() -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(excel_list(audit_text("=1+1\n" + WRONG))))
    rows = workbook.get_sheet_by_name("审核清单").to_python()
    assert rows[1][:3] == ["矛盾", "重要", "share"]
    assert rows[1][4] == "42个 ÷ 67个 = 62.69% ≠ 65.1%"


def test_the_command_answers_one_when_something_is_inconsistent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, code in ((WRONG, 1), (RIGHT, 0)):
        file = tmp_path / "report.txt"
        file.write_text(words, encoding="utf-8")
        assert claims_command(["check", str(file)]) == code
    assert "应为62.7%" in capsys.readouterr().out
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
