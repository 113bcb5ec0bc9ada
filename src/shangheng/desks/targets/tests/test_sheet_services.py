from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.desks.targets.models import AcceptedBase, GrowthPoint
from shangheng.desks.targets.selectors.sheet_gates import gates_of, proposers
from shangheng.desks.targets.selectors.sheet_list import sheet_lines
from shangheng.desks.targets.selectors.sheets import sheet_page
from shangheng.desks.targets.services.sheet_tiers import plan_months, recompute, set_units
from shangheng.desks.targets.services.sheets import (
    change_growth_point,
    open_draft,
    remove_growth_point,
    sign,
)
from shangheng.desks.targets.tests.sheets import (
    FDI,
    LATER,
    OCTOBER,
    TRADE,
    add_point,
    draft,
    noon,
    point,
    post_trade,
    set_trade,
    trade_row,
    value_of,
    wanted,
)
from shangheng.engines.ledger.models import Target, TargetSheet

STALE = "基数已变：163.9 → 217.08亿元。预期：按增幅8%应为234.45；现值177.01实为−18.46%"


@pytest.fixture
def director(bureau: OrgUnit) -> User:
    return person("director", unit=bureau, display_name="王局长")


@pytest.fixture
def sheet(clerk: User, bureau: OrgUnit) -> TargetSheet:
    post_trade(clerk, bureau)
    return draft(clerk)


def errors_of(refused: pytest.ExceptionInfo[SheetRefused]) -> dict[str, str]:
    return refused.value.errors


def test_growth_alone_is_computed_from_the_ledgers_base(clerk: User, sheet: TargetSheet) -> None:
    assert set_trade(clerk, sheet, expected=wanted(growth="8")) == 1
    assert value_of(sheet, "expected") == Decimal("234.45")
    row = Target.objects.get(sheet=sheet)
    assert row.base_period == "2021"
    assert row.base_source.startswith("trade.total/2021/")


def test_a_base_as_known_in_october_is_flagged_with_the_arithmetic(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"))
    assert value_of(sheet, "expected") == Decimal("177.01")
    [gate] = gates_of(sheet_page(sheet, known_at=noon(LATER)))
    assert gate.waivable
    assert gate.words == STALE


def test_value_and_growth_that_disagree_are_refused_with_the_arithmetic(
    clerk: User, sheet: TargetSheet
) -> None:
    with pytest.raises(SheetRefused) as refused:
        set_trade(clerk, sheet, expected=wanted("177", "8"), striving=wanted("180"))
    assert "217.08亿元×(1+8%)=234.45亿元" in errors_of(refused)["expected"]
    assert value_of(sheet, "striving") is None, "all or nothing"


def test_a_tier_that_stays_keeps_the_base_that_it_remembers(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted("177", "8"))
    again = set_trade(clerk, sheet, expected=wanted("177", "8"), striving=wanted("240"))
    assert again == 1
    [goal] = [goal for goal in trade_row(sheet).goals if goal.tier == "expected"]
    assert goal.remembered == Decimal("163.9")


def test_recomputing_keeps_the_growth_and_takes_the_base_of_now(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted("177", "8"))
    recompute(actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE)
    assert value_of(sheet, "expected") == Decimal("234.45")
    assert not trade_row(sheet).stale
    with pytest.raises(SheetRefused, match="没有变化"):
        recompute(actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE)


def test_recomputing_a_bare_value_only_remembers_the_base_of_now(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted("177"))
    recompute(actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE)
    assert value_of(sheet, "expected") == Decimal(177)
    assert not trade_row(sheet).stale


def test_a_tier_left_empty_goes_with_its_months_and_units(
    clerk: User, sheet: TargetSheet, park: OrgUnit
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"))
    plan = {1: Decimal(20), 12: Decimal(240)}
    plan_months(
        actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE, tier="expected", months=plan
    )
    shares = {park: {"expected": Decimal(30)}}
    set_units(actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE, wanted=shares)
    assert Target.objects.filter(sheet=sheet).count() == 3
    set_trade(clerk, sheet, expected=wanted())
    assert not Target.objects.filter(sheet=sheet).exists()


def test_a_plan_is_kept_month_by_month_and_can_be_taken_back(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"))

    def plan(**months: str) -> int:
        typed = {int(month[1:]): Decimal(value) for month, value in months.items()}
        return plan_months(
            actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE, tier="expected", months=typed
        )

    assert plan(m1="20", m6="120", m12="240") == 2
    assert value_of(sheet, "expected", month=6) == Decimal(120)
    assert plan(m6="121") == 2
    assert value_of(sheet, "expected", month=1) is None
    with pytest.raises(SheetRefused):
        plan(m12="241")


def test_parts_by_unit_that_do_not_add_up_are_told_but_not_refused(
    clerk: User, sheet: TargetSheet, park: OrgUnit, street: OrgUnit
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"))
    shares = {park: {"expected": Decimal(200)}, street: {"expected": Decimal(50)}}
    assert set_units(actor=clerk, at=noon(LATER), sheet=sheet, indicator=TRADE, wanted=shares) == 2
    [gap] = trade_row(sheet).gaps
    assert (gap.parts, gap.gap) == (Decimal(250), Decimal(10))


def test_a_new_version_starts_from_the_last_with_its_growth_points(
    clerk: User, director: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"))
    add_point(clerk, sheet)
    sign(actor=director, at=noon(LATER), sheet=sheet)
    later = draft(clerk)
    assert later.number == 2
    assert value_of(later, "expected") == Decimal(240)
    assert [one.name for one in GrowthPoint.objects.filter(sheet=later)] == ["名创优品"]
    with pytest.raises(SheetRefused, match="已有一份未签发"):
        draft(clerk)


def test_a_signature_waits_for_a_reason_and_keeps_it(
    clerk: User, director: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"))
    with pytest.raises(SheetRefused) as refused:
        sign(actor=director, at=noon(LATER), sheet=sheet)
    assert errors_of(refused) == {TRADE: STALE}
    sign(actor=director, at=noon(LATER), sheet=sheet, reasons={TRADE: "按公布数执行"})
    kept = AcceptedBase.objects.get()
    assert (kept.reason, kept.told, kept.accepted_by) == ("按公布数执行", STALE, director)
    sheet.refresh_from_db()
    assert sheet.state == TargetSheet.SIGNED


def test_what_can_only_be_mended_is_not_waived(
    clerk: User, director: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"), striving=wanted("230"))
    with pytest.raises(SheetRefused) as refused:
        sign(actor=director, at=noon(LATER), sheet=sheet, reasons={TRADE: "就这样"})
    assert errors_of(refused) == {TRADE: "拼搏230比预期240还容易达到"}


def test_a_target_without_base_stops_the_signature_where_there_is_one(
    clerk: User, director: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, base="2020-01-01", expected=wanted("240"))
    [gate] = gates_of(sheet_page(sheet, known_at=noon(LATER)))
    assert "没有基数" in gate.words
    set_trade(clerk, sheet, expected=wanted("240"))
    assert gates_of(sheet_page(sheet, known_at=noon(LATER))) == []


def test_an_empty_sheet_is_not_signed(director: User, sheet: TargetSheet) -> None:
    with pytest.raises(SheetRefused, match="为空"):
        sign(actor=director, at=noon(LATER), sheet=sheet)


def test_a_month_above_a_year_that_was_lowered_stops_the_signature(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, expected=wanted("240"))
    plan_months(
        actor=clerk,
        at=noon(LATER),
        sheet=sheet,
        indicator=TRADE,
        tier="expected",
        months={10: Decimal(235)},
    )
    set_trade(clerk, sheet, expected=wanted("230"))
    [gate] = gates_of(sheet_page(sheet, known_at=noon(LATER)))
    assert gate.words == "预期的月计划到10月已超过全年目标"


def test_a_growth_point_in_another_unit_is_never_converted_in_silence(
    clerk: User, sheet: TargetSheet
) -> None:
    with pytest.raises(SheetRefused) as refused:
        add_point(clerk, sheet, low=Decimal(1000), high=Decimal(1000), unit="万美元")
    assert "1000万美元等于0.1亿美元" in errors_of(refused)["unit"]
    assert not GrowthPoint.objects.exists()


def test_growth_points_are_changed_and_removed_with_a_trace(
    clerk: User, sheet: TargetSheet
) -> None:
    row = add_point(clerk, sheet)
    changed = point(due_on=date(2022, 6, 30), low=Decimal("0.08"), high=Decimal("0.12"))
    change_growth_point(actor=clerk, at=noon(LATER), row=row, point=changed)
    row.refresh_from_db()
    assert row.low_amount == 800_000_000
    remove_growth_point(actor=clerk, at=noon(LATER), row=row)
    acts = list(Row.objects.filter(act__startswith="targets.point").values_list("act", flat=True))
    assert acts == ["targets.point.add", "targets.point.change", "targets.point.remove"]
    assert not GrowthPoint.objects.exists()


def test_only_proposers_propose_and_only_signers_sign(
    clerk: User, director: User, officer: User, sheet: TargetSheet
) -> None:
    for stranger in (director, officer):
        with pytest.raises(PermissionDenied):
            set_trade(stranger, sheet, expected=wanted("240"))
        with pytest.raises(PermissionDenied):
            add_point(stranger, sheet)
        with pytest.raises(PermissionDenied):
            open_draft(actor=stranger, at=noon(LATER), year=2030, source="—")
    with pytest.raises(PermissionDenied):
        sign(actor=clerk, at=noon(LATER), sheet=sheet)


def test_who_proposes_for_a_unit_alone_sets_nothing_for_the_whole(
    sheet: TargetSheet, park: OrgUnit, street: OrgUnit
) -> None:
    local = person("statistics_clerk", unit=park, scope="unit")
    shares = {park: {"expected": Decimal(30)}}
    set_units(actor=local, at=noon(LATER), sheet=sheet, indicator=TRADE, wanted=shares)
    with pytest.raises(PermissionDenied):
        set_trade(local, sheet, expected=wanted("240"))
    beyond = {street: {"expected": Decimal(30)}}
    with pytest.raises(PermissionDenied):
        set_units(actor=local, at=noon(LATER), sheet=sheet, indicator=TRADE, wanted=beyond)


def test_the_list_counts_targets_moved_bases_and_points(clerk: User, sheet: TargetSheet) -> None:
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"), striving=wanted("240"))
    add_point(clerk, sheet, indicator=FDI)
    [line] = sheet_lines([sheet], known_at=noon(LATER))
    assert (line.targets, line.based, line.stale, line.points) == (2, 2, 2, 1)


def test_who_can_mend_a_draft_is_named(clerk: User, director: User, sheet: TargetSheet) -> None:
    assert proposers() == ["统计员小吴"]
