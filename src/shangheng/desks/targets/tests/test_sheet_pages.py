import io
import zipfile
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from shangheng.core.accounts import rules
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.accounts.tests.seen import seen, send
from shangheng.core.audit.models import Row
from shangheng.core.exchange.sheets import read_sheets
from shangheng.desks.targets.models import AcceptedBase, GrowthPoint
from shangheng.desks.targets.tests.desk import at_desk, line
from shangheng.desks.targets.tests.sheets import (
    FDI,
    OCTOBER,
    TRADE,
    add_point,
    draft,
    post_trade,
    set_trade,
    value_of,
    wanted,
)
from shangheng.engines.ledger.models import Target, TargetSheet
from shangheng.engines.ledger.services import posting as ledger
from tests.house.query_counts import pinned

SEES = {
    "director",
    "section_head",
    "statistics_clerk",
    "investment_officer",
    "inspector",
    "auditor",
}


@pytest.fixture
def sheet(clerk: User, bureau: OrgUnit) -> TargetSheet:
    post_trade(clerk, bureau)
    sheet = draft(clerk)
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"))
    add_point(clerk, sheet)
    return sheet


@pytest.fixture
def desk(clerk: User) -> Client:
    return at_desk(clerk)


@pytest.fixture
def signer(bureau: OrgUnit) -> Client:
    return at_desk(person("director", unit=bureau, display_name="王局长"))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def of(sheet: TargetSheet, path: str = "") -> str:
    return f"/targets/sheets/{sheet.pk}/{path}"


@pytest.mark.parametrize("role", sorted(rules.roles()))
def test_each_role_opens_just_its_pages(role: str, sheet: TargetSheet, bureau: OrgUnit) -> None:
    client = at_desk(person(role, unit=bureau))
    what_if = of(sheet, f"indicators/{TRADE}/what-if/")
    edit = of(sheet, f"indicators/{TRADE}/")
    point = of(sheet, f"points/{GrowthPoint.objects.get().pk}/")
    new_point = of(sheet, f"indicators/{FDI}/points/new/")
    expected_money = of(sheet, "indicators/investment.capital_in_place/expected/")
    readable = ("/targets/sheets/", of(sheet), what_if, of(sheet, "export.xlsx"))
    expected = dict.fromkeys(readable, role in SEES)
    proposes = role == "statistics_clerk"
    expected |= dict.fromkeys(
        (
            "/targets/sheets/new/",
            edit,
            edit + "units/",
            edit + "plan/expected/",
            point,
            new_point,
            expected_money,
        ),
        proposes,
    )
    expected[of(sheet, "sign/")] = role == "director"
    found = {path: client.get(path).status_code for path in expected}
    assert found == {path: 200 if open_ else 403 for path, open_ in expected.items()}


def test_the_sheet_shows_the_base_that_moved_with_its_arithmetic(
    desk: Client, sheet: TargetSheet
) -> None:
    text = page(desk, of(sheet))
    assert "163.9 → 217.08亿元" in text
    assert "按增幅8%应为234.45；现值177.01实为−18.46%" in text
    assert "按现基数重算" in text
    assert "年度增幅历史都不足三年" in text


def test_one_click_sets_the_target_on_the_base_of_now(desk: Client, sheet: TargetSheet) -> None:
    desk.post(of(sheet, f"indicators/{TRADE}/recompute/"))
    assert value_of(sheet, "expected") == Decimal("234.45")
    assert "基数与台账一致" in page(desk, of(sheet))


def test_a_reader_is_offered_no_change(signer: Client, sheet: TargetSheet) -> None:
    text = page(signer, of(sheet))
    assert "按现基数重算" not in text
    assert "增加一项指标" not in text
    assert of(sheet, "sign/") in text


def test_a_draft_is_opened_for_the_year_after_the_last_with_data(
    desk: Client, clerk: User, bureau: OrgUnit
) -> None:
    post_trade(clerk, bureau)
    assert 'value="2022"' in page(desk, "/targets/sheets/new/")
    answer = desk.post("/targets/sheets/new/", {"year": "2022", "source": "工作会议"})
    assert answer.status_code == 302
    again = desk.post("/targets/sheets/new/", {"year": "2022", "source": "工作会议"})
    assert again.status_code == 422
    assert "已有一份未签发" in again.content.decode()


def test_the_disagreement_stands_beside_the_field(desk: Client, sheet: TargetSheet) -> None:
    typed = {"value-expected": "１８０", "growth-expected": "8"}
    answer = send(desk, of(sheet, f"indicators/{TRADE}/"), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "217.08亿元×(1+8%)=234.45亿元" in text
    assert 'id="id_value-expected_error"' in text
    assert "１８０" in text, "what was typed stays"


def test_the_base_of_another_day_is_shown_and_used(desk: Client, sheet: TargetSheet) -> None:
    path = of(sheet, f"indicators/{TRADE}/?base_on={OCTOBER}")
    text = page(desk, path)
    assert "163.90" in text
    assert "不是全年数" in text
    answer = send(
        desk, path, {"value-expected": "177.01", "growth-expected": "8", "growth-striving": "10"}
    )
    assert answer.status_code == 302
    assert value_of(sheet, "striving") == Decimal("180.29")


def test_a_signed_sheet_cannot_be_edited(desk: Client, signer: Client, sheet: TargetSheet) -> None:
    send(signer, of(sheet, "sign/"), {f"reason-{TRADE}": "按公布数执行"})
    assert desk.get(of(sheet, f"indicators/{TRADE}/")).status_code == 404
    assert desk.get(of(sheet, f"indicators/{FDI}/points/new/")).status_code == 404
    text = page(desk, of(sheet))
    assert "按公布数执行" in text
    assert "按现基数重算" not in text


def test_the_gate_says_what_is_missing_and_who_can_mend_it(
    signer: Client, sheet: TargetSheet
) -> None:
    text = page(signer, of(sheet, "sign/"))
    assert "能补正的人：统计员小吴" in text
    answer = send(signer, of(sheet, "sign/"), {f"reason-{TRADE}": ""})
    assert answer.status_code == 422
    assert not AcceptedBase.objects.exists()
    assert send(signer, of(sheet, "sign/"), {f"reason-{TRADE}": "执行"}).status_code == 302


def test_a_point_in_another_unit_is_converted_only_when_confirmed(
    desk: Client, sheet: TargetSheet
) -> None:
    path = of(sheet, f"indicators/{FDI}/points/new/")
    typed = {
        "name": "康宁",
        "due_on": "2022-08-31",
        "low": "2,000",
        "high": "2,500",
        "unit": "万美元",
        "probability": "70",
    }
    answer = send(desk, path, typed)
    assert answer.status_code == 422
    assert "2000—2500万美元等于0.2—0.25亿美元" in answer.content.decode()
    assert send(desk, path, {**typed, "convert": "on"}).status_code == 302
    row = GrowthPoint.objects.get(name="康宁")
    assert (row.low_amount, row.high_amount) == (2_000_000_000, 2_500_000_000)


def test_a_point_is_changed_and_removed(desk: Client, sheet: TargetSheet) -> None:
    row = GrowthPoint.objects.get()
    path = of(sheet, f"points/{row.pk}/")
    assert "名创优品" in page(desk, path)
    typed = {
        "name": "名创优品",
        "due_on": "2022-04-30",
        "low": "0.1",
        "high": "0.1",
        "unit": "亿美元",
        "probability": "50",
    }
    assert send(desk, path, typed).status_code == 302
    row.refresh_from_db()
    assert row.probability == 50
    assert desk.post(path + "remove/", seen(desk, path)).status_code == 302
    assert not GrowthPoint.objects.exists()


def test_a_plan_is_suggested_and_only_saved_when_sent(desk: Client, sheet: TargetSheet) -> None:
    path = of(sheet, f"indicators/{TRADE}/plan/expected/")
    assert 'value="14.75"' in page(desk, path + "?fill=linear")
    assert not Target.objects.exclude(month=12).exists()
    assert send(desk, path, {"month-1": "15", "month-12": "177.01"}).status_code == 302
    assert value_of(sheet, "expected", month=1) == Decimal(15)
    wrong = send(desk, path, {"month-12": "180"})
    assert wrong.status_code == 422
    assert "12月应等于全年目标177.01" in wrong.content.decode()


def test_parts_by_unit_are_saved_and_their_gap_is_told(
    desk: Client, sheet: TargetSheet, park: OrgUnit
) -> None:
    path = of(sheet, f"indicators/{TRADE}/units/")
    assert "保税办" in page(desk, path)
    assert send(desk, path, {f"{park.pk}-expected": "30"}).status_code == 302
    assert "各单位合计30，全区177.01，相差−147.01" in page(desk, of(sheet))


def test_who_proposes_for_a_unit_shares_out_only_there(
    sheet: TargetSheet, park: OrgUnit, street: OrgUnit
) -> None:
    local = at_desk(person("statistics_clerk", unit=park, scope="unit"))
    path = of(sheet, f"indicators/{TRADE}/units/")
    assert path in page(local, of(sheet))
    text = page(local, path)
    assert f'name="{park.pk}-expected"' in text
    assert f'name="{street.pk}-expected"' not in text
    assert send(local, path, {f"{park.pk}-expected": "30"}).status_code == 302
    assert value_of(sheet, "expected", unit=park) == Decimal(30)
    assert local.get(of(sheet, f"indicators/{TRADE}/")).status_code == 403


def test_a_what_if_asks_for_an_assumption_and_marks_it(desk: Client, sheet: TargetSheet) -> None:
    path = of(sheet, f"indicators/{TRADE}/what-if/")
    assert "请先填自然增幅" in page(desk, path)
    text = page(desk, path + "?from_growth=-5&to_growth=10")
    assert "假设" in text
    assert "222.51" in text, "217.08 × 1.025"
    backwards = page(desk, path + "?from_growth=10&to_growth=-5")
    assert "增幅的高值不能小于低值" in backwards


def test_a_what_if_stores_nothing(desk: Client, sheet: TargetSheet) -> None:
    before = Row.objects.count()
    page(desk, of(sheet, f"indicators/{TRADE}/what-if/?from_growth=0&to_growth=5"))
    assert Row.objects.count() == before
    assert Target.objects.count() == 1


def test_what_has_no_base_has_no_what_if(desk: Client, sheet: TargetSheet) -> None:
    assert desk.get(of(sheet, f"indicators/{FDI}/what-if/")).status_code == 404
    assert desk.get(of(sheet, "indicators/no.such/what-if/")).status_code == 404


def test_the_sheet_goes_out_as_word_with_its_growth_points(
    signer: Client, sheet: TargetSheet
) -> None:
    answer = signer.get(of(sheet, "export.docx"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        text = package.read("word/document.xml").decode()
    assert "外贸进出口总额" in text
    assert "名创优品" in text
    assert "草案" in text
    assert Row.objects.filter(act="targets.export").exists()


def test_a_signed_sheet_prints_the_same_whatever_is_posted_later(
    signer: Client, clerk: User, bureau: OrgUnit, sheet: TargetSheet
) -> None:
    send(signer, of(sheet, "sign/"), {f"reason-{TRADE}": "按公布数执行"})

    def printed() -> str:
        answer = signer.get(of(sheet, "export.docx"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            return package.read("word/document.xml").decode()

    before = printed()
    assert "认可的理由：按公布数执行" in before
    facts = [line(TRADE, "1", "2021-12-30", bureau)]
    ledger.post(actor=clerk, at=timezone.now(), lines=facts, source="补报")
    assert "218.08" in page(signer, of(sheet))
    assert printed() == before


def test_the_sheet_goes_out_as_excel_with_numbers(signer: Client, sheet: TargetSheet) -> None:
    answer = signer.get(of(sheet, "export.xlsx"))
    [book] = read_sheets(answer.content)
    cells = [str(cell) for row in book.rows for cell in row]
    assert "177.01" in cells
    assert TRADE in cells
    assert signer.get(of(sheet, "export.pdf")).status_code == 404


def test_the_pages_take_a_pinned_number_of_queries(desk: Client, sheet: TargetSheet) -> None:
    desk.get("/targets/sheets/")
    with pinned("sheet-list"):
        desk.get("/targets/sheets/")
    with pinned("sheet"):
        desk.get(of(sheet))
    with pinned("sheet-what-if"):
        desk.get(of(sheet, f"indicators/{TRADE}/what-if/?from_growth=0&to_growth=5"))
