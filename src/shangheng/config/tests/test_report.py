"""The command line writes the same report as the pages."""

import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from django.utils import timezone

from shangheng.config.cli import main
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.desks.briefing.models import Report
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.services.posting import post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trade(db: None) -> None:
    clerk = person("statistics_clerk", unit=org_unit("swj", name="商务局"), username="wu")
    for year, value, known in ((2020, "187.13", "2021-01-20"), (2021, "217.08", "2022-01-08")):
        at = timezone.make_aware(datetime.fromisoformat(f"{known}T12:00"))
        line = Line(
            "trade.total",
            clerk.unit_id or 0,
            "420112",
            Decimal(value),
            "亿元",
            datetime.fromisoformat(f"{year}-12-31").date(),
        )
        post(actor=clerk, at=at, lines=[line], source="测试")


def test_the_work_summary_is_written_as_word(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "summary.docx"
    assert main(["report", "work-summary", "--period", "2021", "--out", str(out)]) == 0
    text = "".join(p.text for p in docx.Document(io.BytesIO(out.read_bytes())).paragraphs)
    assert "进出口总额217.08亿元，比上年增长16.0%" in text
    assert Report.objects.count() == 0


def test_the_format_follows_the_name_or_the_wish(tmp_path: Path) -> None:
    pdf, text = tmp_path / "a.pdf", tmp_path / "b"
    report = ["report", "data-bulletin", "--period", "2021"]
    assert main([*report, "--out", str(pdf)]) == 0
    assert main([*report, "--out", str(text), "--text"]) == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "217.08亿元" in text.read_text(encoding="utf-8")


def test_json_tells_figures_findings_and_the_hash(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["report", "data-bulletin", "--period", "2021", "--known", "2022-01-10", "--json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    [value] = [f for f in found["figures"] if f["label"] == "2021年外贸进出口总额"]
    assert (value["text"], value["value"]) == ("217.08亿元", "217.08")
    assert {"missing", "unevidenced"} <= {finding["kind"] for finding in found["findings"]}
    assert len(found["text_hash"]) == 64
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["text_hash"] == found["text_hash"]


def test_strictness_makes_a_finding_count() -> None:
    assert main(["report", "data-bulletin", "--period", "2021", "--strict"]) == 1


def test_a_report_can_be_kept_for_somebody(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["report", "data-bulletin", "--period", "2021", "--save", "wu", "--json"]
    assert main(asked) == 0
    report = Report.objects.get()
    assert json.loads(capsys.readouterr().out)["report"] == report.pk
    assert report.owner.username == "wu"
    assert report.build is not None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "--period", "2021"], "没有适用于"),
        (["work-summary", "--period", "去年"], "看不懂的时期"),
        (["work-summary", "--period", "2021", "--known", "2999-01-01"], "还没有到"),
        (["work-summary", "--period", "2021", "--known", "昨天"], "昨天"),
        (["work-summary", "--period", "2021", "--out", "x.odt"], "不能写成"),
        (["work-summary", "--period", "2021", "--save", "nobody"], "没有登录名"),
    ],
)
def test_bad_use_is_explained(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *arguments]) == 2
    assert told in capsys.readouterr().err
