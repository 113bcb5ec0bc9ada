"""The audit as JSON, as a Word file with comments, as an Excel list."""

import io
import json

import docx
from python_calamine import CalamineWorkbook

from shangheng.methods.claims.audit import audit_text
from shangheng.methods.claims.output import audit_data
from shangheng.methods.claims.report import excel_list, word_report

WRONG = "64个在建项目中,已封顶项目40个,占总在建项目的65.1%。"
RIGHT = "64个在建项目中,已封顶项目40个,占总在建项目的62.5%。"


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
    assert "应为62.5%" in comment.text
    assert WRONG in "\n".join(p.text for p in document.paragraphs)


def test_the_excel_list_holds_every_finding_as_text() -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(excel_list(audit_text("=1+1\n" + WRONG))))
    rows = workbook.get_sheet_by_name("审核清单").to_python()
    assert rows[1][:3] == ["矛盾", "重要", "share"]
    assert rows[1][4] == "40个 ÷ 64个 = 62.5% ≠ 65.1%"
