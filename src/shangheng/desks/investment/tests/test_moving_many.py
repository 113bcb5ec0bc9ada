"""One milestone for several projects: each gate judges its own, all that were ticked go on or none."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.audit.models import Row
from shangheng.core.notices.models import Event
from shangheng.core.search.models import Item
from shangheng.core.search.services import differences
from shangheng.desks.investment.models import Counted, Project
from shangheng.desks.investment.selectors.moving_many import candidates, milestones_before
from shangheng.desks.investment.services.handling import advance, advance_many
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import SIGNING, browser
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.services import pausing
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger.models import Posting

PAGE = "projects-move"


def negotiating(owner: User, name: str, **values: Any) -> Project:
    """A project that lacks nothing for signing but the agreement, unless `values` say otherwise."""
    row = office.project(owner, name, **values)
    told = {"investor": SIGNING["investor"]}
    advance(actor=owner, at=AT, row=row, transition="negotiate", seen=None, values=told)
    return row


def ready(owner: User, name: str) -> Project:
    return negotiating(owner, name, **{k: v for k, v in SIGNING.items() if k != "investor"})


def post(who: User, rows: list[Project], **told: Any) -> Any:
    return browser(who).post(reverse(PAGE), {"row": [row.pk for row in rows], **told})


def confirm(who: User, rows: list[Project], **told: Any) -> Any:
    """What the page sends back: the projects, those that stay ticked as they were read, the form."""
    paper = SimpleUploadedFile("框架协议.txt", "正文".encode())
    data = {
        "chosen": [row.pk for row in rows],
        "row": [f"{row.pk}:{row.matter.version}" for row in rows],
        "stage": "signed",
        "shown": "signed",
        "confirm": "1",
        "occurred_on": "2021-11-20",
        "file0": paper,
        **told,
    }
    return browser(who).post(reverse(PAGE), data)


def stages() -> dict[str, str]:
    """Where each project stands."""
    return dict(Project.objects.values_list("name", "case__stage"))


def test_each_project_is_judged_by_its_own_gate_before_anything_is_done(owner: User) -> None:
    able, poor, early = ready(owner, "甲"), negotiating(owner, "乙"), office.project(owner, "丙")
    page = post(owner, [able, poor, early], stage="signed")
    assert page.status_code == 200
    assert [one.row for one in page.context["able"]] == [able]
    why = {one.row.name: one.why for one in page.context["refused"]}
    assert "缺“协议投资额”" in why["乙"]
    assert "不能直接到" in why["丙"]
    assert "投资协议" in page.text
    assert set(page.context["form"].fields) == {"occurred_on", "file0"}
    assert stages() == {"甲": "negotiation", "乙": "negotiation", "丙": "lead"}


def test_the_milestone_that_most_of_them_come_to_next_is_offered_first(owner: User) -> None:
    rows = [ready(owner, "甲"), ready(owner, "乙"), office.project(owner, "丙")]
    offered = [one.id for one in milestones_before(rows)]
    assert offered == ["signed", "negotiation", "terminated"]


def test_all_that_were_ticked_go_on_with_the_evidence_and_a_row_in_the_audit_each(
    owner: User,
) -> None:
    rows = [ready(owner, "甲"), ready(owner, "乙")]
    left = ready(owner, "丙")
    marks = [f"{row.pk}:{row.matter.version}" for row in rows]
    before = Row.objects.filter(act="cases.move").count()
    answer = confirm(owner, [*rows, left], row=marks)
    assert answer.status_code == 302, answer.context["form"].errors
    assert stages() == {"甲": "signed", "乙": "signed", "丙": "negotiation"}
    assert Row.objects.filter(act="cases.move").count() == before + 2
    assert Document.objects.filter(name="框架协议.txt").count() == 2
    signed = Counted.objects.filter(indicator="investment.projects_signed")
    assert {row.occurred_on for row in signed} == {date(2021, 11, 20)}
    assert signed.count() == 2


def test_nothing_happens_where_one_of_them_changed_since_it_was_read(owner: User) -> None:
    rows = [ready(owner, "甲"), ready(owner, "乙")]
    pausing.pause_case(actor=owner, at=AT, case=rows[1].matter, kind="approval", reason="等批复")
    late = confirm(owner, rows)
    assert late.status_code == 422
    assert "什么也没有登记" in late.text
    assert set(stages().values()) == {"negotiation"}


def test_what_stands_against_one_of_them_names_it_and_holds_all_back(owner: User) -> None:
    rows = [ready(owner, "甲"), ready(owner, "乙")]
    found = candidates(owner, rows, "signed")
    told: dict[str, Any] = {
        "actor": owner,
        "at": AT,
        "going": found,
        "occurred_on": date(2021, 11, 20),
    }
    with pytest.raises(CannotDo, match="“甲”：还不能“签约”：缺凭证：投资协议"):
        advance_many(**told)
    advance(actor=owner, at=AT, row=rows[1], transition="terminate", seen=None, reason="对方撤回")
    agreement = Upload("协议.txt", "正文".encode(), "investment_agreement")
    with pytest.raises(CannotDo, match="“乙”"):
        advance_many(**told, uploads=[agreement])
    assert stages() == {"甲": "negotiation", "乙": "terminated"}, "the first did not go on alone"


def test_evidence_and_a_day_and_somebody_to_go_on_are_asked_for(owner: User) -> None:
    rows = [ready(owner, "甲")]
    assert confirm(owner, rows, file0="").status_code == 422
    assert confirm(owner, rows, occurred_on="").status_code == 422
    assert "还没有勾选" in confirm(owner, rows, row=[]).text
    other = confirm(owner, rows, stage="terminated")
    assert other.status_code == 200, "another milestone is looked at first"
    assert "reason" in other.context["form"].fields
    assert set(stages().values()) == {"negotiation"}


def test_nobody_moves_many_whom_they_may_not_move_one_by_one(owner: User, stranger: User) -> None:
    row = ready(owner, "甲")
    assert post(stranger, [row]).status_code == 302, "not seen, so not chosen"
    row.team.add(stranger)
    [one] = post(stranger, [row], stage="signed").context["refused"]
    assert "权限" in one.why
    assert confirm(stranger, [row]).status_code == 422
    assert browser(owner).get(reverse(PAGE)).status_code == 302
    assert stages() == {"甲": "negotiation"}


def trace(row: Project) -> dict[str, Any]:
    """All that a move leaves of one project, but for keys and the instants of recording."""
    case = row.matter
    case.refresh_from_db()
    acts = Row.objects.filter(target=f"cases.case:{case.pk}").order_by("number")
    postings = Posting.objects.filter(subject=row.name).order_by("series__indicator__code")
    found = search_of(row.name)
    return {
        "case": (case.stage, case.version, case.closed, case.due_on, case.visit, case.entered_at),
        "steps": list(
            case.steps.order_by("number").values_list("act", "detail", "origin", "stage")
        ),
        "milestones": list(
            standing(case).order_by("rank").values_list("stage", "occurred_on", "n")
        ),
        "exhibits": list(case.exhibits.values_list("kind", "document__name", "document__unit")),
        "audit": [(one.act, one.before, sorted(one.after or {})) for one in acts],
        "ledger": [
            (
                one.series.indicator.code,
                one.amount,
                one.occurred_on,
                one.status,
                one.evidence.count(),
            )
            for one in postings
        ],
        "counted": list(row.counted.order_by("indicator").values_list("indicator", "value")),
        "told": list(
            Event.objects.filter(source=f"investment.project:{row.pk}").values_list("kind")
        ),
        "search": found,
    }


def search_of(name: str) -> list[tuple[str, str]]:
    items = Item.objects.filter(title__contains=name) | Item.objects.filter(about__contains=name)
    return sorted((one.kind, re.sub(r"#\d+", "#", one.about)) for one in items)


def test_many_together_leave_what_each_would_have_left_alone(owner: User) -> None:
    names = ["甲甲甲", "乙乙乙", "丙丙丙"]
    together = [ready(owner, name) for name in names]
    alone = [ready(owner, name) for name in ("丁丁丁", "戊戊戊", "己己己")]
    agreement = Upload("协议.txt", "正文".encode(), "investment_agreement")
    told: dict[str, Any] = {"actor": owner, "at": AT, "occurred_on": date(2021, 11, 20)}
    advance_many(**told, going=candidates(owner, together, "signed"), uploads=[agreement])
    for row in alone:
        advance(**told, row=row, transition="sign", seen=row.matter.version, uploads=[agreement])
    for row, other in zip(together, alone, strict=True):
        left, would = trace(row), trace(other)
        assert {key: left[key] for key in left if left[key] != would[key]} == {}, would
    assert trace(together[0])["ledger"], "and it is not nothing"
    assert differences() == [], "the search stands as if made anew"


def test_another_project_costs_some_seventy_queries(owner: User) -> None:
    rows = [ready(owner, f"项目{place}") for place in range(8)]
    agreement = Upload("协议.txt", "正文".encode(), "investment_agreement")

    def queries(some: list[Project]) -> int:
        going = candidates(owner, some, "signed")
        with CaptureQueriesContext(connection) as asked:
            advance_many(
                actor=owner, at=AT, going=going, occurred_on=date(2021, 11, 20), uploads=[agreement]
            )
        return len(asked)

    queries(rows[:1])  # makes the series
    two, five = queries(rows[1:3]), queries(rows[3:])
    assert (five - two) / 3 <= 75
