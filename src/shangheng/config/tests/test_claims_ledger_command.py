"""`shangheng claims check --against-ledger`."""

import json
from pathlib import Path

import pytest

from shangheng.config.commands.claims import claims_command


@pytest.mark.django_db
def test_the_ledger_is_asked_only_when_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_text("2021年全区社会消费品零售总额488.59亿元。\n", encoding="utf-8")
    checks = []
    for more in ([], ["--against-ledger"], ["--as-known", "2022-01-31"]):
        assert claims_command(["check", str(file), "--json", *more]) == 0
        found = json.loads(capsys.readouterr().out)["claims"]
        checks.append([finding["arithmetic"] for finding in found if finding["check"] == "ledger"])
    assert checks[0] == []
    assert "缺数" in checks[1][0]
    assert "按2022-01-31所知台账缺数" in checks[2][0]


def test_a_day_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_text("2021年\n", encoding="utf-8")
    assert claims_command(["check", str(file), "--as-known", "上周"]) == 2
    assert "看不懂的日期" in capsys.readouterr().err
