import csv
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from shangheng.config.cli import main
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.lists.exporting import ABOUT
from shangheng.engines.ledger.models import Posting

Output = pytest.CaptureFixture[str]
TABLE = """指标,责任单位,发生日期,数值,计量单位
到位资金,swj,2021-03-31,24.1,亿元
到位资金,swj,2021-12-31,2,亿元
"""


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def bureau(db: None) -> OrgUnit:
    return org_unit("swj", name="商务局")


@pytest.fixture
def clerk(bureau: OrgUnit) -> User:
    return person("statistics_clerk", unit=bureau, username="tongji")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "三月.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_dry_run_says_what_would_happen(clerk: User, file: Path, capsys: Output) -> None:
    assert main(["import", str(file), "--as", "tongji", "--dry-run", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["new"], answer["duplicates"], answer["entry"]) == (2, 0, None)
    assert not Posting.objects.exists()


def test_a_file_is_imported_in_the_name_of_somebody(
    clerk: User, file: Path, capsys: Output
) -> None:
    assert main(["import", str(file), "--as", "tongji"]) == 0
    assert Posting.objects.count() == 2
    row = Row.objects.get(act="ledger.import")
    assert row.actor_id == clerk.pk
    assert "已导入" in capsys.readouterr().out


def test_a_wrong_file_imports_nothing_and_ends_in_1(
    clerk: User, file: Path, capsys: Output
) -> None:
    file.write_text(TABLE.replace("24.1", "很多"), encoding="utf-8")
    assert main(["import", str(file), "--as", "tongji"]) == 1
    assert "D2" in capsys.readouterr().err
    assert not Posting.objects.exists()


def test_who_may_not_import_and_what_is_not_there_end_in_2(
    bureau: OrgUnit, clerk: User, file: Path, tmp_path: Path
) -> None:
    person("director", unit=bureau, username="juzhang")
    assert main(["import", str(file), "--as", "juzhang"]) == 2
    assert main(["import", str(file), "--as", "nobody"]) == 2
    assert main(["import", str(tmp_path / "none.csv"), "--as", "tongji"]) == 2


def test_an_export_holds_the_period_as_known(
    clerk: User, file: Path, tmp_path: Path, capsys: Output
) -> None:
    main(["import", str(file), "--as", "tongji"])
    out = tmp_path / "out.csv"
    assert main(["export", "postings", "--period", "2021-03", "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()[ABOUT:]))
    assert [row["数值"] for row in rows] == ["24.1"]
    earlier = ["--known", "2021-06-30"]
    assert main(["export", "postings", "--period", "2021", "--out", str(out), *earlier]) == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == ABOUT + 1, "not known yet"
    assert Row.objects.filter(act="targets.export", actor_id=None).count() == 2
    capsys.readouterr()


@pytest.mark.parametrize(
    "wrong",
    [["--out", "x.pdf", "--period", "2021"], ["--out", "x.csv", "--period", "year"],
     ["--out", "x.csv", "--period", "2021", "--known", "soon"],
     ["--out", "x.csv", "--period", "2021", "--indicator", "none"]],
)  # fmt: skip
def test_an_export_that_cannot_be_read_ends_in_2(db: None, wrong: list[str]) -> None:
    assert main(["export", "postings", *wrong]) == 2
