from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from lxml import html

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit
from shangheng.core.search.services import differences
from shangheng.desks.investment.models import Project, Status
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services import projects as services
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser, sent
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.relations import undeclared


def acts(row: Project) -> list[str]:
    found = Row.objects.filter(target=f"investment.project:{row.pk}").order_by("number")
    return list(found.values_list("act", flat=True))


def change(actor: User, row: Project, seen: int | None = None, **values: Any) -> None:
    services.change_project(actor=actor, at=AT, row=row, values=values, seen=seen)


def test_a_project_opens_its_case_with_its_first_milestone(project: Project, owner: User) -> None:
    assert project.matter.stage == "lead"
    assert project.matter.owner == owner
    assert project.matter.milestones.get().stage == "lead"
    assert acts(project) == ["investment.project.enter"]
    assert not differences(), "it can be found"


def test_an_investor_is_looked_up_by_any_of_its_names_and_registered_once(owner: User) -> None:
    first = office.project(owner, "甲", investor="创维集团有限公司")
    second = office.project(owner, "乙", investor=" 创维集团有限公司 ")
    assert first.investor == second.investor
    assert Organisation.objects.count() == 1


def test_money_in_another_currency_is_worked_out_only_with_a_dated_rate(owner: User) -> None:
    row = office.project(owner, agreed_investment=Decimal(2), currency="USD")
    assert row.agreed_cny is None
    change(owner, row, rate=Decimal("6.3757"), rate_on=date(2021, 12, 1))
    row.refresh_from_db()
    assert row.agreed_cny == Decimal("12.7514")
    with pytest.raises(ValidationError, match="人民币不填汇率"):
        change(owner, row, currency="CNY")
    with pytest.raises(ValidationError, match="一起填写"):
        change(owner, row, rate_on=None)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        change(owner, row, rate_on=date(2021, 12, 2))


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"agreed_investment": Decimal(0)}, "要大于0"),
        ({"industry": "Z99"}, "GB/T 4754"),
        ({"name": " "}, "name"),
        ({"currency": "QQQ"}, "currency"),
    ],
)
def test_what_cannot_be_is_refused(owner: User, values: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        office.project(owner, **values)
    assert not Project.objects.exists()


def test_any_status_but_on_track_needs_a_reason(project: Project, owner: User) -> None:
    def set_to(status: str, reason: str) -> None:
        services.set_status(
            actor=owner, at=AT, row=project, status=status, reason=reason, seen=None
        )

    with pytest.raises(ValidationError, match="滞后"):
        set_to(Status.DELAYED, " ")
    set_to(Status.DELAYED, "土地指标没有落实")
    project.refresh_from_db()
    assert (project.status, project.status_since) == ("delayed", date(2021, 12, 1))
    with pytest.raises(ValidationError, match="没有变"):
        set_to(Status.DELAYED, "土地指标没有落实")
    set_to(Status.ON_TRACK, "")
    assert acts(project)[-2:] == ["investment.project.status"] * 2


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(
    project: Project, owner: User, head: User
) -> None:
    seen = project.version
    change(owner, project, seen, chain="整机")
    with pytest.raises(StaleEdit):
        change(head, project, seen, chain="零部件")
    project.refresh_from_db()
    assert project.chain == "整机"


def test_a_renamed_project_renames_its_case(project: Project, owner: User) -> None:
    change(owner, project, name="创维二期")
    project.matter.refresh_from_db()
    assert project.matter.title == "创维二期"


def test_nobody_enters_or_changes_beyond_their_units(
    project: Project, stranger: User, bureau: OrgUnit
) -> None:
    with pytest.raises(PermissionDenied):
        services.enter_project(actor=stranger, at=AT, values={"name": "越权"}, unit=bureau)
    with pytest.raises(PermissionDenied):
        change(stranger, project, chain="越权")


def test_the_landing_unit_and_the_team_see_a_project_of_others(
    project: Project, owner: User, stranger: User
) -> None:
    assert project not in projects_for(stranger)
    change(owner, project, landing_unit=stranger.unit)
    assert project in projects_for(stranger)
    change(owner, project, landing_unit=None)
    services.change_project(actor=owner, at=AT, row=project, values={}, team=[stranger], seen=None)
    assert project in projects_for(stranger)


def test_every_tie_to_an_organisation_is_declared_for_merging() -> None:
    assert not [tie for tie in undeclared() if tie.startswith("investment.")]


@pytest.mark.parametrize("needed", [True, False, None])
def test_saving_the_page_as_it_came_changes_nothing(
    project: Project, owner: User, needed: bool | None
) -> None:
    change(owner, project, needs_land=needed)
    row = Project.objects.get(pk=project.pk)
    seen, page = browser(owner), reverse("project-edit", args=[row.pk])
    drawn = html.fromstring(seen.get(page).content.decode())
    form = next(one for one in drawn.forms if "needs_land" in one.fields)
    assert seen.post(page, dict(form.form_values())).status_code == 302
    saved = Project.objects.get(pk=row.pk)
    kept = [field.attname for field in Project._meta.concrete_fields if field.name != "version"]
    assert [getattr(saved, one) for one in kept] == [getattr(row, one) for one in kept]


def test_a_project_is_entered_and_changed_on_its_pages(owner: User) -> None:
    seen = browser(owner)
    told = {"name": "海尔智谷", "unit": owner.unit_id, "kind": "new", "capital": "domestic"}
    told |= {"currency": "CNY", "investor": "海尔集团", "needs_land": "unknown"}
    assert seen.post(reverse("project-new"), told | {"name": ""}).status_code == 422
    assert seen.post(reverse("project-new"), told).status_code == 302
    row = Project.objects.get()
    assert row.needs_land is None, "unknown is not no"
    page = reverse("project-edit", args=[row.pk])
    data = sent(seen.get(page).context["form"], chain="整机")
    assert seen.post(page, data).status_code == 302
    stale = seen.post(page, data | {"chain": "零部件"})
    assert stale.status_code == 409
    assert "整机" in stale.text
    since = [act.act for act in stale.context["conflict"].acts]
    assert since == ["investment.project.change"], "that it was entered was known"
    row.refresh_from_db()
    assert (row.chain, row.team.count()) == ("整机", 0)
    assert "海尔集团" in seen.get(reverse("project", args=[row.pk])).text


def test_a_project_out_of_reach_is_not_there(project: Project, stranger: User) -> None:
    assert browser(stranger).get(reverse("project", args=[project.pk])).status_code == 404
    assert project.name not in browser(stranger).get(reverse("projects")).text


def test_the_list_is_narrowed_and_exported(project: Project, owner: User) -> None:
    seen = browser(owner)
    assert project.name in seen.get(reverse("projects"), {"stage": "lead"}).text
    assert project.name not in seen.get(reverse("projects"), {"stage": "signed"}).text
    table = seen.get(reverse("projects"), {"export": "csv"})
    assert project.name in table.content.decode("utf-8-sig")
