"""Two people on one sheet: whoever saves second sees both sides, and signs nothing unseen."""

from decimal import Decimal

import pytest
from django.test import Client

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.accounts.tests.seen import seen
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.services.sheet_tiers import plan_months
from shangheng.desks.targets.services.sheets import change_growth_point, remove_growth_point
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.sheets import (
    FDI,
    LATER,
    TRADE,
    add_point,
    draft,
    noon,
    point,
    post_trade,
    set_trade,
    value_of,
    wanted,
)
from shangheng.engines.ledger.models import Target, TargetSheet


@pytest.fixture
def sheet(clerk: User, bureau: OrgUnit) -> TargetSheet:
    post_trade(clerk, bureau)
    sheet = draft(clerk)
    set_trade(clerk, sheet, expected=wanted("180"))
    add_point(clerk, sheet)
    return sheet


@pytest.fixture
def desk(clerk: User) -> Client:
    return at_desk(clerk)


@pytest.fixture
def li(bureau: OrgUnit) -> User:
    return person("statistics_clerk", unit=bureau, display_name="李科长")


def of(sheet: TargetSheet, path: str = "") -> str:
    return f"/targets/sheets/{sheet.pk}/{path}"


def test_the_second_who_sets_a_tier_sees_the_value_of_the_first_and_chooses(
    desk: Client, sheet: TargetSheet, li: User
) -> None:
    path = of(sheet, f"indicators/{TRADE}/")
    known = seen(desk, path)
    set_trade(li, sheet, expected=wanted("190"))
    late = desk.post(path, {**known, "value-expected": "200"})
    assert late.status_code == 409
    assert "李科长" in late.content.decode()
    [side] = late.context["conflict"].differing
    assert (side.before, side.mine, side.theirs, side.choice) == ("180", "200", "190", "")
    assert value_of(sheet, "expected") == Decimal(190), "nothing is overwritten"
    mine = {**known, "value-expected": "200", "initial-value-expected": "190", "choose-all": "mine"}
    assert desk.post(path, mine | {"version": late.context["conflict"].version}).status_code == 302
    assert value_of(sheet, "expected") == Decimal(200)


def test_who_edits_another_indicator_of_the_sheet_is_not_disturbed(
    desk: Client, sheet: TargetSheet, li: User
) -> None:
    path = of(sheet, f"indicators/{FDI}/")
    known = seen(desk, path)
    set_trade(li, sheet, expected=wanted("190"))
    assert desk.post(path, {**known, "value-expected": "3"}).status_code == 302


def test_a_month_that_somebody_planned_meanwhile_is_laid_out_beside_the_suggestion(
    desk: Client, sheet: TargetSheet, li: User
) -> None:
    path = of(sheet, f"indicators/{TRADE}/plan/expected/")
    known = seen(desk, path + "?fill=linear")
    months = {1: Decimal(10)}
    plan_months(
        actor=li, at=noon(LATER), sheet=sheet, indicator=TRADE, tier="expected", months=months
    )
    typed = {f"month-{month}": str(15 * month) for month in range(1, 13)}
    late = desk.post(path, {**known, **typed})
    assert late.status_code == 409
    first, *others = late.context["conflict"].differing
    assert (first.before, first.mine, first.theirs, first.choice) == ("", "15", "10", "")
    assert {side.choice for side in others} == {"mine"}
    choice = {**known, **typed, "initial-month-1": "10", "choose-month-1": "theirs"}
    choice |= {"version": late.context["conflict"].version}
    assert desk.post(path, choice).status_code == 302
    assert (
        Target.objects.get(sheet=sheet, month=1).amount
        == Target.objects.get(sheet=sheet, month=12).amount * 10 // 180
    )


def test_a_share_that_was_set_meanwhile_is_not_overwritten(
    desk: Client, sheet: TargetSheet, li: User, park: OrgUnit
) -> None:
    path, name = of(sheet, f"indicators/{TRADE}/units/"), f"{park.pk}-expected"
    known = seen(desk, path)
    at_desk(li).post(path, {**known, name: "30"})
    late = desk.post(path, {**known, name: "40"})
    assert late.status_code == 409
    [side] = late.context["conflict"].differing
    assert (side.mine, side.theirs) == ("40", "30")


def test_a_growth_point_that_was_changed_meanwhile_is_laid_out_and_not_removed(
    desk: Client, sheet: TargetSheet, li: User
) -> None:
    row = GrowthPoint.objects.get()
    path = of(sheet, f"points/{row.pk}/")
    known = seen(desk, path)
    sent = {name.removeprefix("initial-"): value for name, value in known.items()}
    change_growth_point(actor=li, at=noon(LATER), row=row, point=point(note="已签约"))
    late = desk.post(path, {**known, **sent, "name": "新名"})
    assert late.status_code == 409
    choices = {side.name: side.choice for side in late.context["conflict"].differing}
    assert choices == {"name": "mine", "note": "theirs"}
    desk.post(path + "remove/", known)
    assert GrowthPoint.objects.exists(), "nobody removes what they have not seen"
    remove_growth_point(actor=li, at=noon(LATER), row=row)
    gone = desk.post(path, {**known, **sent}, follow=True)
    assert "已被别人删除" in gone.content.decode()


def test_nobody_signs_a_target_that_was_changed_after_they_looked(
    sheet: TargetSheet, clerk: User, bureau: OrgUnit
) -> None:
    signer = at_desk(person("director", unit=bureau))
    known = seen(signer, of(sheet, "sign/"))
    set_trade(clerk, sheet, expected=wanted("190"))
    late = signer.post(of(sheet, "sign/"), known)
    assert late.status_code == 409
    assert "190" in late.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == TargetSheet.DRAFT
    assert signer.post(of(sheet, "sign/"), seen(signer, of(sheet, "sign/"))).status_code == 302
