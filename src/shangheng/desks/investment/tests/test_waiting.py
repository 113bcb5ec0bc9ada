from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.selectors.waiting import lines_for
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.cases.selectors.wording import name_of
from shangheng.engines.cases.services.obstacles import raise_obstacle
from shangheng.engines.cases.services.overriding import ask_override
from shangheng.engines.cases.services.people import ask_signatures, sign
from shangheng.engines.cases.services.tasks import finish_task, give_task


def kinds(actor: User) -> list[str]:
    return [line.kind for line in lines_for(actor, AT)]


def test_what_cases_ask_of_somebody_waits_in_one_list_by_its_last_day(
    project: Project, owner: User, head: User, stranger: User
) -> None:
    day = AT.date()
    case = project.matter
    task = give_task(actor=owner, at=AT, case=case, title="备好材料", assignee=owner, due_on=day)
    raise_obstacle(
        actor=owner, at=AT, case=case, kind="land", title="地块未腾退", owner=owner,
        due_on=day - timedelta(days=1),
    )  # fmt: skip
    give_task(actor=owner, at=AT, case=case, title="没有期限", assignee=owner)
    assert kinds(owner) == ["obstacle", "task", "task"]
    assert kinds(stranger) == []
    page = browser(owner).get(reverse("reminders"), {"kind": "obstacle"}).text
    assert "地块未腾退" in page
    assert "备好材料" not in page
    finish_task(actor=owner, at=AT, task=task)
    assert kinds(owner) == ["obstacle", "task"]


def test_a_signature_waits_until_it_is_given_and_an_override_for_whoever_may_decide(
    project: Project, owner: User, head: User
) -> None:
    [signing] = ask_signatures(
        actor=owner, at=AT, case=project.matter, people=[head], question="同意签约吗"
    )
    assert kinds(head) == ["signing"]
    sign(actor=head, at=AT, signing=signing, agreed=True)
    assert kinds(head) == []
    project.matter.refresh_from_db()
    ask_override(
        actor=owner, at=AT, case=project.matter, transition="negotiate", reason="急", second=head
    )
    assert kinds(head) == ["override"]
    assert kinds(owner) == []


def test_the_clock_of_a_stage_waits_for_the_owner_of_the_case(lead: Lead, owner: User) -> None:
    today = timezone.localdate(AT)
    lines = lines_for(owner, AT + timedelta(days=3))
    assert lead.matter.due_on is not None
    assert lead.matter.due_on >= today
    assert [line.kind for line in lines if line.url == reverse("lead", args=[lead.pk])] == ["clock"]


@pytest.mark.parametrize("kind", ["project", "lead"])
def test_the_graph_of_the_workflow_marks_where_it_stands_and_says_what_each_gate_asks(
    kind: str, owner: User, request: pytest.FixtureRequest
) -> None:
    row = request.getfixturevalue(kind)
    client = browser(owner)
    assert reverse(f"{kind}-flow", args=[row.pk]) in client.get(reverse(kind, args=[row.pk])).text
    page = client.get(reverse(f"{kind}-flow", args=[row.pk])).text
    _workflow, version = workflow_of(row.matter)
    assert all(each.name in page for each in (*version.stages, *version.transitions))
    assert page.count('class="workflow-stage workflow-current"') == 1
    assert "填写“投资方”" in page


def test_the_page_of_a_milestone_names_its_stage_and_day_in_chinese(
    project: Project, owner: User
) -> None:
    [milestone] = project.matter.milestones.all()
    assert name_of(milestone) == "线索，2021年12月1日"
    page = browser(owner).get(reverse("project-correct", args=[project.pk, milestone.pk])).text
    assert "线索，2021年12月1日" in page
    assert str(date(2021, 12, 1)) not in page.split("<main")[1].split("<form")[0]
