"""Who is offered something to do, and who is asked: only those who may do it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.desks.investment.forms import acts as forms
from shangheng.desks.investment.forms.leads import NewLeadForm
from shangheng.desks.investment.forms.meetings import MinutesForm
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.selectors.duplicates import similar
from shangheng.desks.investment.services import claiming
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.desks.investment.tests.test_claiming import claimed, followed
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.selectors.cases import missing, workflow_of
from shangheng.engines.cases.selectors.wording import wanted
from shangheng.engines.cases.services import meetings, obstacles, overriding, people
from shangheng.engines.cases.services.moving import leading_from


@pytest.fixture
def auditor(db: None) -> User:
    return person("auditor")


def test_no_form_offers_whoever_only_reads(project: Project, owner: User, auditor: User) -> None:
    row = obstacles.raise_obstacle(
        actor=owner, at=AT, case=project.matter, kind="land", title="缺指标", owner=owner
    )
    director = person("director")
    meeting = meetings.convene(
        actor=director, at=AT, title="主任办公会", held_on=date(2021, 12, 3), chair="主任"
    )
    obstacles.escalate(actor=owner, at=AT, obstacle=row, meeting=meeting, asks="请议定")
    base: dict[str, Any] = {"case": project.matter, "actor": owner}
    item = meeting.items.get()
    fields = [
        forms.ObstacleForm(**base).fields["owner"],
        forms.CosignForm(**base).fields["signers"],
        forms.TaskForm(**base).fields["assignee"],
        NewLeadForm(actor=owner).fields["first_talker"],
        MinutesForm(items=[item]).fields[f"person{item.pk}"],
    ]
    for field in fields:
        assert owner in field.queryset  # type: ignore[attr-defined] # a people field
        assert auditor not in field.queryset  # type: ignore[attr-defined]


def test_whoever_only_reads_writes_no_comment(project: Project, auditor: User) -> None:
    page = reverse("project-comment", args=[project.pk])
    assert page not in browser(auditor).get(reverse("project", args=[project.pk])).text
    told = {"version": project.matter.version, "text": "看过"}
    assert browser(auditor).post(page, told).status_code == 403
    assert not project.matter.comments.exists()


def test_an_override_is_asked_of_those_who_can_decide_it_and_taken_back(
    project: Project, owner: User
) -> None:
    page = reverse("project-override", args=[project.pk])
    office.head(office.unit("bao", "保税办"))
    assert "没有别人能决定" in browser(owner).get(page).text
    head = office.head(owner.unit)
    form = browser(owner).get(page).context["form"]
    assert list(form.fields["second"].queryset) == [head]
    asked = overriding.ask_override(
        actor=owner, at=AT, case=project.matter, transition="negotiate", reason="急", second=head
    )
    project.refresh_from_db()
    recall = reverse("project-recall", args=[project.pk, asked.pk])
    home = reverse("project", args=[project.pk])
    assert recall in browser(owner).get(home).text
    assert recall not in browser(head).get(home).text
    told = {"version": project.matter.version}
    assert browser(owner).post(recall, told).status_code == 302
    assert recall not in browser(owner).get(home).text


def test_a_director_sets_the_agenda_from_the_register(project: Project, owner: User) -> None:
    row = obstacles.raise_obstacle(
        actor=owner, at=AT, case=project.matter, kind="land", title="缺指标", owner=owner
    )
    director = person("director")
    meeting = meetings.convene(
        actor=director, at=AT, title="主任办公会", held_on=date(2021, 12, 3), chair="主任"
    )
    page = reverse("meeting-agenda", args=[meeting.pk])
    assert "缺指标" in browser(director).get(page).text
    told = {"version": meeting.version, f"asks{row.pk}": "请议定指标"}
    assert browser(director).post(page, told).status_code == 302
    assert meeting.items.get().obstacle == row


def test_an_obstacle_is_taken_to_a_meeting_to_come(project: Project, owner: User) -> None:
    today = timezone.localdate()
    director = person("director")
    past, coming = (
        meetings.convene(
            actor=director, at=AT, title="主任办公会", held_on=today + timedelta(days), chair="主任"
        )
        for days in (-1, 0)
    )
    form = forms.EscalateForm(case=project.matter, actor=owner)
    assert form.fields["meeting"].choices == [(str(coming.pk), str(coming))]  # type: ignore[attr-defined]
    row = obstacles.raise_obstacle(
        actor=owner, at=AT, case=project.matter, kind="land", title="缺指标", owner=owner
    )
    with pytest.raises(CannotDo, match="已经开过"):
        obstacles.escalate(
            actor=owner, at=timezone.now(), obstacle=row, meeting=past, asks="请议定"
        )


def test_a_ruling_for_the_claimant_claims_a_lead_that_was_released_meanwhile(
    lead: Lead, owner: User, stranger: User
) -> None:
    claimed(lead, owner)
    row = claiming.dispute(actor=stranger, at=AT, row=lead, grounds="10月已接触")
    claiming.release(actor=owner, at=AT, row=lead, reason="不归我们")
    claiming.rule(actor=person("director"), at=AT, dispute=row, upheld=True, ruling="首谈在保税办")
    lead.refresh_from_db()
    assert (lead.claimed_by, lead.matter.owner) == (stranger, stranger)
    assert lead.matter.stage == "assessing"


def test_the_investor_that_a_lead_names_is_no_duplicate_of_it(lead: Lead, owner: User) -> None:
    assert lead.investor is not None
    assert similar(owner, lead.investor.name, but=lead) == []
    assert [one.kind for one in similar(owner, lead.investor.name)] == ["organisation", "lead"]


def test_a_lead_that_became_a_project_is_not_put_back(lead: Lead, owner: User) -> None:
    page, release = reverse("lead", args=[lead.pk]), reverse("lead-release", args=[lead.pk])
    followed(lead, owner)
    assert release in browser(owner).get(page).text
    claiming.convert(actor=owner, at=AT, row=lead)
    assert release not in browser(owner).get(page).text


def test_a_page_names_those_who_really_may_act_on_this_case(
    project: Project, owner: User, stranger: User
) -> None:
    asked = person("investment_officer", unit=stranger.unit, display_name="旁人")
    people.ask_signatures(
        actor=owner, at=AT, case=project.matter, people=[asked], question="请会签"
    )
    lacks = missing(project.matter, leading_from(project.matter, "negotiate"), asked)
    told = {one.what: one.who for one in wanted(project.matter, lacks, asked)}
    assert told["不在您的范围内"] == f"{owner.display_name}可办"
    clerk = person("statistics_clerk")
    lacks = missing(project.matter, leading_from(project.matter, "negotiate"), clerk)
    told = {one.what: one.who for one in wanted(project.matter, lacks, clerk)}
    assert told["需要“办理事项”权限"] == f"{owner.display_name}可办"


def test_every_field_of_a_gate_is_supplied_by_the_owner_who_may_enter_it(
    project: Project, owner: User
) -> None:
    for step, field in (("supply_land", "地块"), ("enter_statistics", "联网直报代码")):
        way = workflow_of(project.matter)[1].transition(step)
        told = {one.what: one.who for one in wanted(project.matter, missing(project.matter, way))}
        assert told[f"缺“{field}”"] == f"{owner.display_name}可补"


def test_the_check_for_duplicates_is_one_click_from_what_lacks_it(lead: Lead, owner: User) -> None:
    claimed(lead, owner)
    page = reverse("lead-move", args=[lead.pk, "assess"])
    assert "去查重" in browser(owner).get(page).text
    assert "去查重" in browser(owner).get(reverse("lead", args=[lead.pk])).text
