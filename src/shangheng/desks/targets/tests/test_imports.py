import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.exchange.header import EXAMPLE
from shangheng.core.exchange.template import template
from shangheng.core.imports import held
from shangheng.core.imports.services.commit import ImportRefused
from shangheng.desks.targets import words
from shangheng.desks.targets.access import units_for
from shangheng.desks.targets.services import import_table
from shangheng.desks.targets.services.import_postings import lines_of
from shangheng.desks.targets.tests.desk import CAPITAL, at_desk, post
from shangheng.desks.targets.tests.importing import GOOD, HEADER, commit, preview, upload_of
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.ledger.selectors.conflicts import conflicts


def upload(client: Client, text: str, name: str = "三月.csv") -> str:
    """Hand a file in; the address of its preview."""
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(reverse("posting-import"), {"file": file})
    return answer.headers["Location"]


def test_a_preview_changes_nothing(clerk: User, park: OrgUnit) -> None:
    found = preview(clerk, GOOD)
    assert found.ok, [str(error) for error in found.errors]
    assert (found.new, found.repeated) == (3, 0)
    assert [(one.name, one.rows, str(one.sum), one.unit) for one in found.totals] == [
        ("招商引资实际到位资金", 2, "44.1", "亿元"),
        ("签约项目", 1, "1", "个"),
    ]
    assert not Posting.objects.exists()
    assert not Document.objects.exists()


def test_all_rows_become_one_entry_with_the_file_as_its_evidence(
    clerk: User, park: OrgUnit
) -> None:
    entry = commit(clerk, GOOD)
    assert entry.act == "ledger.import"
    rows = list(entry.postings.order_by("pk").select_related("series__indicator"))
    assert [(row.series.indicator.code, row.series.dimensions, row.subject) for row in rows] == [
        (CAPITAL, "sector=industrial", ""),
        (CAPITAL, "sector=other", ""),
        ("investment.projects_signed", "", "示例项目"),
    ]
    document = Document.objects.get()
    assert (document.name, document.kind) == ("三月.csv", "import_sheet")
    assert all(row.evidence.get().document == document for row in rows)


def test_the_file_of_an_import_is_no_voucher_used_twice(clerk: User, park: OrgUnit) -> None:
    commit(clerk, GOOD)
    found = conflicts(settings.HOME_AREA, 2021, known_at=timezone.now())
    assert [one for one in found if one.kind == "voucher"] == []


def test_rows_that_repeat_are_told_and_skipped(clerk: User, park: OrgUnit) -> None:
    known = post(clerk, "24.1", "2021-03-31", park, dimensions={"sector": "industrial"})
    text = GOOD + "签约项目,保税办,2021-04-30,1,个,,示例项目\n"
    found = preview(clerk, text)
    assert {index: match.target for index, match in found.matches.items()} == {0: known.pk}
    assert found.twice == {3: 2}
    assert commit(clerk, text).postings.count() == 2


def test_rows_that_repeat_are_posted_when_asked(clerk: User, park: OrgUnit) -> None:
    post(clerk, "24.1", "2021-03-31", park, dimensions={"sector": "industrial"})
    assert commit(clerk, GOOD, with_duplicates=True).postings.count() == 3


def test_a_file_without_anything_new_is_refused(clerk: User, park: OrgUnit) -> None:
    commit(clerk, GOOD)
    with pytest.raises(ImportRefused) as refused:
        commit(clerk, GOOD)
    assert "没有新的行" in str(refused.value.preview.errors[0])
    assert Document.objects.count() == 1


def test_a_reversed_posting_is_no_duplicate(clerk: User, park: OrgUnit) -> None:
    from shangheng.engines.ledger.services.posting import reverse as take_back

    known = post(clerk, "24.1", "2021-03-31", park, dimensions={"sector": "industrial"})
    take_back(actor=clerk, at=timezone.now(), postings=[known.pk], reason="填错")
    assert preview(clerk, GOOD).repeated == 0


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ("没有的指标,保税办,2021-03-31,1,亿元,,", "“指标”列(A5)", ""),
        ("到位资金,保税办,2021-03-31,很多,亿元,,", "“数值”列(D5)", ""),
        ("到位资金,保税办,2021-03-31,1,亿美元,,", "“计量单位”列(E5)", "以亿元计"),
        ("到位资金,保税办,2099-03-31,1,亿元,,", "“发生日期”列(C5)", "晚于今天"),
        ("签约项目,保税办,2021-03-31,1,个,产业项目,", "“资金投向”列(F5)", "没有"),
        ("签约项目,保税办,2021-03-31,2,个,,某项目", "“数值”列(D5)", "应为1"),
    ],
)
def test_an_error_names_row_and_column_and_stops_everything(
    clerk: User, park: OrgUnit, row: str, place: str, words: str
) -> None:
    found = preview(clerk, GOOD + row + "\n")
    (error,) = found.errors
    assert place in error.place
    assert "第5行" in error.place
    assert words in error.message
    with pytest.raises(ImportRefused):
        commit(clerk, GOOD + row + "\n")
    assert not Posting.objects.exists()
    assert not Document.objects.exists()


AREAS = """指标,责任单位,发生日期,数值,计量单位,地区
社会消费品零售总额,保税办,2021-12-31,80,亿元,
社会消费品零售总额,保税办,2021-12-31,6795,亿元,武汉市
外贸进出口总额增幅,保税办,2021-12-31,24.0,%,420100
"""


def test_a_row_may_name_another_area(clerk: User, park: OrgUnit) -> None:
    found = preview(clerk, AREAS)
    assert [words.elsewhere(line.area) for line in lines_of(found.rows)] == ["", "武汉市", "武汉市"]
    assert [(one.name, str(one.sum)) for one in found.totals] == [
        ("社会消费品零售总额", "80"),
        ("社会消费品零售总额 · 武汉市", "6795"),
        ("外贸进出口总额增幅 · 武汉市", "24"),
    ]
    entry = commit(clerk, AREAS)
    assert [row.series.area for row in entry.postings.order_by("pk")] == [
        settings.HOME_AREA,
        "420100",
        "420100",
    ]


def test_what_is_computed_at_home_is_refused_in_its_cell(clerk: User, park: OrgUnit) -> None:
    found = preview(clerk, AREAS.replace("420100", ""))
    (error,) = found.errors
    assert "“指标”列(A4)" in error.place
    assert "计算得出" in error.message


def test_a_broken_identity_stands_in_the_row_that_breaks_it(clerk: User, park: OrgUnit) -> None:
    found = preview(clerk, GOOD + "产业到资,保税办,2021-05-31,99,亿元,,\n")
    (error,) = found.errors
    assert "前者不应大于后者" in error.message


def test_units_beyond_reach_are_no_choice(park: OrgUnit, street: OrgUnit) -> None:
    near = person("statistics_clerk", unit=park, scope="unit")
    found = preview(near, GOOD.replace("保税办", "径河街道"))
    assert len(found.errors) == 3
    assert all(error.title == "责任单位" for error in found.errors)


def test_the_template_is_read_back_without_its_example(clerk: User, park: OrgUnit) -> None:
    indicators = [catalogue.indicator(CAPITAL)]
    content = template("填报", import_table.listed(indicators, list(units_for(clerk, "import"))))
    assert not preview(clerk, content, "模板.xlsx").ok, "empty"
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, len(titles)).value == EXAMPLE
    values = ["招商引资实际到位资金", "保税办", "2021-03-31", 1.5, "亿元", "产业项目"]
    for column, value in enumerate(values, 1):
        sheet.cell(3, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    found = preview(clerk, buffer.getvalue(), "模板.xlsx")
    assert found.ok, [str(error) for error in found.errors]
    assert [str(line.value) for line in lines_of(found.rows)] == ["1.5"]


def test_the_pages_lead_from_the_file_to_the_postings(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    assert browser.get(reverse("posting-import")).status_code == 200
    address = upload(browser, GOOD)
    text = browser.get(address).content.decode()
    assert "新的 3 行" in text
    assert not Posting.objects.exists()
    answer = browser.post(address, {"source": "三月报表", "note": ""}, follow=True)
    assert "已导入3条记录" in answer.content.decode()
    assert Entry.objects.get(act="ledger.import").source == "三月报表"
    assert list((Path(settings.DATA_DIR) / "held").iterdir()) == []


def test_a_wrong_file_is_shown_and_can_be_had_with_marks(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, GOOD.replace("24.1", "很多"))
    page = browser.get(address)
    assert page.status_code == 422
    assert "有 1 处错误" in page.content.decode()
    marked = browser.get(address.replace("/preview/", "/marked.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(marked.content))
    comment = book.worksheets[0]["D2"].comment
    assert comment is not None


def test_a_held_file_is_for_its_owner_and_for_a_while(
    clerk: User, park: OrgUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = held.hold(upload_of("x"), table="postings", actor=clerk)
    assert held.take(token, table="postings", actor=clerk).content == b"x"
    with pytest.raises(held.HeldLost):
        held.take(token, table="postings", actor=person("statistics_clerk", unit=park))
    with pytest.raises(held.HeldLost):
        held.take(token, table="people", actor=clerk)
    with pytest.raises(held.HeldLost):
        held.take("forged", table="postings", actor=clerk)
    monkeypatch.setattr(held, "SECONDS", -1)
    with pytest.raises(held.HeldLost):
        held.take(token, table="postings", actor=clerk)
    other = held.hold(upload_of("y"), table="postings", actor=clerk)
    assert len(list((Path(settings.DATA_DIR) / "held").iterdir())) == 1, "the old one is gone"
    assert other


def test_a_lost_file_leads_back_to_the_start(clerk: User) -> None:
    answer = at_desk(clerk).get(reverse("posting-import-preview"), {"file": "x"}, follow=True)
    assert "请重新上传" in answer.content.decode()


@pytest.mark.parametrize("role", ["director", "section_head", "investment_officer", "auditor"])
def test_only_who_imports_gets_there(bureau: OrgUnit, role: str) -> None:
    browser = at_desk(person(role, unit=bureau))
    for name in ("posting-import", "posting-import-template", "posting-import-preview"):
        assert browser.get(reverse(name)).status_code == 403


def test_the_template_is_handed_out(clerk: User, park: OrgUnit) -> None:
    answer = at_desk(clerk).get(reverse("posting-import-template"), {"group": CAPITAL})
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_rank_that_is_known_already_is_skipped_and_not_refused(
    clerk: User, park: OrgUnit
) -> None:
    rank = f"{HEADER}\n国家级经开区综合考评位次,保税办,2020-12-31,41,位,,\n"
    commit(clerk, rank)
    found = preview(clerk, rank)
    assert found.ok, [str(error) for error in found.errors]
    assert (found.new, found.repeated) == (0, 1)
    other = preview(clerk, rank.replace(",41,", ",40,"))
    assert not other.ok, "a second rank on one day contradicts the first"
