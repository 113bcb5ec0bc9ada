from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.models import Project, Space, SpaceEvent
from shangheng.desks.investment.selectors.spaces import matches_for, spaces_for, standing_rows
from shangheng.desks.investment.services import spaces as services
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.tests.office import browser, sent

DAY = AT.date()
PLANT: dict[str, Any] = {
    "code": "CT-001", "name": "临空港3号厂房", "kind": "plant", "area": Decimal(6000),
    "clear_height": Decimal(9), "price": Decimal(18), "price_unit": "monthly",
    "price_on": DAY, "site": "临空港",
}  # fmt: skip


def state_now(space: Space, at: datetime) -> str:
    """How a space stands on the day of `at`."""
    return str(standing_rows(at).values_list("state", flat=True).get(pk=space.pk))


def later(days: float) -> datetime:
    return AT + timedelta(days)


def plant(owner: User, **values: Any) -> Space:
    told = {**PLANT, "unit": owner.unit, **values}
    return services.enter_space(actor=owner, at=AT, values=told)


set_state = partial(services.set_state, seen=None)


def undone(*, actor: User, at: datetime, row: Space) -> SpaceEvent:
    last = row.events.filter(undone_at=None)[0]
    return services.undo_event(actor=actor, at=at, row=row, event=last.pk)


def reserved(owner: User, row: Space, project: Project, at: datetime = AT) -> SpaceEvent:
    until = at.date() + timedelta(30)
    return services.reserve(actor=owner, at=at, row=row, project=project, until=until)


def test_a_reservation_lapses_by_itself_the_day_after_it_ends(
    owner: User, project: Project
) -> None:
    row = plant(owner)
    reserved(owner, row, project)
    assert state_now(row, later(30)) == "reserved", "the last day counts"
    assert state_now(row, later(31)) == "free"
    set_state(actor=owner, at=later(31), row=row, state="let")
    assert row.events.filter(state="let").get().project is None, "the reservation had lapsed"


def test_what_is_not_free_cannot_be_reserved(owner: User, project: Project) -> None:
    row = plant(owner)
    set_state(actor=owner, at=AT, row=row, state="sold")
    with pytest.raises(ValidationError, match="已售"):
        reserved(owner, row, project)


def test_a_reservation_is_neither_past_nor_for_ever(owner: User, project: Project) -> None:
    row = plant(owner)
    for days in (-1, 181):
        with pytest.raises(ValidationError, match="180天"):
            services.reserve(
                actor=owner, at=AT, row=row, project=project, until=DAY + timedelta(days)
            )


def test_undoing_a_reservation_frees_and_undoing_a_letting_reserves_again(
    owner: User, project: Project
) -> None:
    row = plant(owner)
    reserved(owner, row, project)
    set_state(actor=owner, at=AT, row=row, state="let")
    assert row.events.filter(state="let").get().project == project
    undone(actor=owner, at=later(1), row=row)
    assert state_now(row, later(1)) == "reserved"
    undone(actor=owner, at=later(1), row=row)
    assert state_now(row, later(1)) == "free"
    with pytest.raises(ValidationError, match="登记时的状态"):
        undone(actor=owner, at=later(1), row=row)
    assert state_now(row, later(0.5)) == "let", "as it was known before it was undone"


def test_a_state_is_dated_no_earlier_than_the_one_before(owner: User) -> None:
    row = plant(owner)
    with pytest.raises(ValidationError, match="不能更早"):
        set_state(actor=owner, at=AT, row=row, state="let", on=DAY - timedelta(1))
    with pytest.raises(ValidationError, match="不能晚于今天"):
        set_state(actor=owner, at=AT, row=row, state="let", on=DAY + timedelta(1))


def test_what_was_sold_is_free_again_only_for_a_reason(owner: User) -> None:
    row = plant(owner)
    set_state(actor=owner, at=AT, row=row, state="sold")
    with pytest.raises(ValidationError, match="写明为什么"):
        set_state(actor=owner, at=AT, row=row, state="free")
    set_state(actor=owner, at=AT, row=row, state="free", note="解除合同")
    assert state_now(row, AT) == "free"


def test_a_unit_keeps_its_own_spaces_and_sees_those_of_others(
    owner: User, stranger: User, project: Project
) -> None:
    row = plant(owner)
    assert row in spaces_for(stranger, at=AT)
    told: dict[str, Any] = {"actor": stranger, "at": AT, "row": row}
    with pytest.raises(PermissionDenied):
        services.change_space(**told, values={"name": "我的"}, seen=None)
    with pytest.raises(PermissionDenied):
        set_state(**told, state="let")
    with pytest.raises(PermissionDenied):
        services.remove_space(**told)
    with pytest.raises(PermissionDenied):
        undone(**told)
    with pytest.raises(PermissionDenied):
        plant(stranger, code="2", unit=owner.unit)
    with pytest.raises(PermissionDenied):
        reserved(stranger, row, project)


def test_nobody_gives_a_space_away_to_a_unit_that_they_do_not_reach(
    owner: User, stranger: User
) -> None:
    row = plant(owner)
    with pytest.raises(PermissionDenied):
        services.change_space(
            actor=owner, at=AT, row=row, values={"unit": stranger.unit}, seen=None
        )


def test_the_project_of_a_reservation_is_hidden_from_those_who_may_not_see_it(
    owner: User, stranger: User, project: Project
) -> None:
    row = plant(owner)
    reserved(owner, row, project, at=timezone.now())
    page = reverse("space", args=[row.pk])
    assert project.name in browser(owner).get(page).text
    seen = browser(stranger).get(page).text
    assert project.name not in seen
    assert "别的单位的项目" in seen
    listed = reverse("spaces") + "?tab=reserved"
    assert row.name in browser(stranger).get(listed).text
    assert project.name not in browser(stranger).get(listed).text


def test_the_second_of_two_edits_is_told(owner: User) -> None:
    row = plant(owner)
    seen = row.version
    services.change_space(actor=owner, at=AT, row=row, values={"name": "甲"}, seen=seen)
    with pytest.raises(StaleEdit):
        services.change_space(actor=owner, at=AT, row=row, values={"name": "乙"}, seen=seen)


def test_a_price_is_whole_and_land_has_no_ceiling(owner: User) -> None:
    with pytest.raises(ValidationError, match="一起填写"):
        plant(owner, price_on=None)
    with pytest.raises(ValidationError, match="地块没有净高"):
        plant(owner, kind="parcel")


@pytest.mark.django_db
def test_the_database_refuses_a_reservation_without_a_project(owner: User) -> None:
    row = plant(owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceEvent.objects.create(
            space=row, state="reserved", on=DAY, until=DAY, recorded_by=owner, recorded_at=AT
        )


def test_every_act_leaves_its_row_of_the_audit(owner: User, project: Project) -> None:
    row = plant(owner)
    reserved(owner, row, project)
    undone(actor=owner, at=AT, row=row)
    services.change_space(actor=owner, at=AT, row=row, values={"name": "甲"}, seen=None)
    acts = Row.objects.filter(target=f"investment.space:{row.pk}").order_by("number")
    assert [one.act.rpartition(".")[2] for one in acts] == ["enter", "reserve", "undo", "change"]
    with pytest.raises(ValidationError, match="不能删去"):
        services.remove_space(actor=owner, at=AT, row=row)


def test_a_project_finds_its_space_with_the_reasons_and_reserves_it(
    owner: User, project: Project
) -> None:
    good = plant(owner)
    plant(owner, code="CT-002", name="低矮厂房", clear_height=Decimal(6))
    set_state(actor=owner, at=AT, row=plant(owner, code="CT-003", name="已租厂房"), state="let")
    change_project(actor=owner, at=AT, row=project, values={"space_area": Decimal(5000)}, seen=None)
    seen = browser(owner)
    need = reverse("project-need", args=[project.pk])
    data = sent(seen.get(need).context["form"], clear_height="8", price="15", price_unit="monthly")
    assert seen.post(need, data).status_code == 302
    text = seen.get(reverse("project-spaces", args=[project.pk])).text
    assert "有9米，要8" in text
    assert "有6米，要8，差2（25%）" in text
    assert "比可接受的15高3（20%）" in text
    assert "已租厂房" not in text
    found = matches_for(owner, project, at=later(10**4))
    assert [one.candidate.is_suitable for one in found.rows] == [True, False]
    page = reverse("project-reserve", args=[project.pk, good.pk])
    form = seen.get(page).context["form"]
    assert seen.post(page, sent(form, until="2001-01-01")).status_code == 422
    assert seen.post(page, sent(form)).status_code == 302
    assert good.name in seen.get(reverse("project-spaces", args=[project.pk])).text
    assert good.events.first().project == project  # type: ignore[union-attr]


def test_without_an_area_nothing_is_matched_and_it_is_said(owner: User, project: Project) -> None:
    plant(owner)
    text = browser(owner).get(reverse("project-spaces", args=[project.pk])).text
    assert "还没有填用地面积或厂房楼宇面积" in text


def test_a_space_is_entered_changed_and_given_on_its_pages(owner: User, bureau: OrgUnit) -> None:
    seen = browser(owner)
    told = {**PLANT, "unit": bureau.pk, "state": "free", "price_on": "2021-12-01"}
    assert seen.post(reverse("space-new"), told | {"area": "0"}).status_code == 422
    assert seen.post(reverse("space-new"), told).status_code == 302
    row = Space.objects.get()
    page = reverse("space-edit", args=[row.pk])
    data = sent(seen.get(page).context["form"], address="金山大道1号")
    assert seen.post(page, data).status_code == 302
    assert seen.post(page, data | {"address": "别处"}).status_code == 409
    page = reverse("space-state", args=[row.pk])
    data = sent(seen.get(page).context["form"], state="let")
    assert seen.post(page, data).status_code == 302
    assert seen.post(page, data | {"state": "sold"}).status_code == 302
    assert row.events.count() == 2, "the second had not seen the first"
    event = row.events.all()[0].pk
    seen.post(reverse("space-undo", args=[row.pk]), {"event": event - 1})
    assert not row.events.exclude(undone_at=None).exists(), "that is not the last event"
    assert seen.post(reverse("space-undo", args=[row.pk]), {"event": event}).status_code == 302
    assert row.events.exclude(undone_at=None).get().state == "let"
    listed = seen.get(reverse("spaces") + "?tab=free")
    assert row.name in listed.text
    assert row.name not in seen.get(reverse("spaces") + "?tab=let").text
