from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.desks.investment.models import Counted, Project
from shangheng.desks.investment.selectors.files import file_of
from shangheng.desks.investment.services.handling import advance, handled
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import SIGNING, browser
from shangheng.engines.cases.errors import CannotDo, GateClosed
from shangheng.engines.cases.models import Meeting, Obstacle, Task
from shangheng.engines.cases.services import meetings, milestones, moving, obstacles
from shangheng.engines.evidence.services import Upload
from shangheng.engines.ledger.models import Posting

AGREEMENT = Upload("协议.txt", "投资协议正文".encode(), "investment_agreement")


def go(actor: User, row: Project, transition: str, *uploads: Upload, **told: Any) -> None:
    advance(actor=actor, at=AT, row=row, transition=transition, seen=None, uploads=uploads, **told)


def sign(actor: User, row: Project, on: date = date(2021, 11, 20)) -> None:
    go(
        actor,
        row,
        "negotiate",
        values={"investor": "创维集团有限公司"},
        occurred_on=date(2021, 11, 1),
    )
    go(actor, row, "sign", AGREEMENT, values=SIGNING, occurred_on=on)


def in_ledger() -> dict[str, Decimal]:
    """What stands in the ledger, by indicator, in units of measure."""
    found: dict[str, Decimal] = {}
    for posting in Posting.objects.select_related("series__indicator"):
        code = posting.series.indicator.code
        scale = Decimal(10) ** 10 if code == "investment.agreed_amount" else 1
        found[code] = found.get(code, Decimal(0)) + Decimal(posting.amount) / scale
    return found


def test_the_gate_says_what_is_missing_and_nothing_half_done_stays(
    project: Project, owner: User
) -> None:
    go(owner, project, "negotiate", values={"investor": "创维集团有限公司"})
    with pytest.raises(GateClosed, match="缺凭证：投资协议"):
        go(owner, project, "sign", values=SIGNING)
    project.refresh_from_db()
    assert project.agreed_investment is None, "the fields fell with the step"


def test_signing_puts_count_and_money_into_the_ledger_with_the_agreement(
    project: Project, owner: User
) -> None:
    sign(owner, project)
    assert in_ledger() == {
        "investment.projects_signed": 1,
        "investment.projects_tracked": 1,
        "investment.agreed_amount": 65,
    }
    posting = Counted.objects.get(indicator="investment.agreed_amount").posting
    assert posting is not None
    assert posting.occurred_on == date(2021, 11, 20)
    assert posting.evidence.get().document.name == "协议.txt"


def test_undoing_the_signature_reverses_what_it_posted(project: Project, owner: User) -> None:
    sign(owner, project)
    handled(
        actor=owner, at=AT, row=project,
        act=lambda: moving.undo(actor=owner, at=AT, case=project.matter),
    )  # fmt: skip
    assert set(in_ledger().values()) == {0}
    assert project.matter.stage == "negotiation"


def test_a_corrected_day_or_amount_is_a_reversal_and_a_new_posting(
    project: Project, owner: User
) -> None:
    sign(owner, project)
    change_project(
        actor=owner, at=AT, row=project, values={"agreed_investment": Decimal("70.5")}, seen=None
    )
    assert in_ledger()["investment.agreed_amount"] == Decimal("70.5")
    signed = milestones.standing(project.matter).get(stage="signed")
    handled(
        actor=owner, at=AT, row=project,
        act=lambda: milestones.correct_milestone(
            actor=owner, at=AT, milestone=signed, occurred_on=date(2021, 10, 8), reason="误记"
        ),
    )  # fmt: skip
    standing = Counted.objects.filter(withdrawn_at=None)
    assert {row.occurred_on for row in standing} == {date(2021, 10, 8)}
    assert in_ledger()["investment.projects_signed"] == 1


def test_money_without_a_rate_is_not_posted_as_nought(owner: User) -> None:
    row = office.project(owner)
    go(owner, row, "negotiate", values={"investor": "Bosch"})
    go(owner, row, "sign", AGREEMENT, values=SIGNING | {"currency": "EUR"})
    assert "investment.agreed_amount" not in in_ledger()


def test_a_project_outside_key_follow_up_counts_as_signed_only(owner: User) -> None:
    row = office.project(owner, tracked=False)
    sign(owner, row)
    assert "investment.projects_tracked" not in in_ledger()
    assert in_ledger()["investment.projects_signed"] == 1


def test_a_second_person_verifies_and_what_is_verified_is_locked(
    project: Project, owner: User, head: User
) -> None:
    sign(owner, project)
    signed = milestones.standing(project.matter).get(stage="signed")
    with pytest.raises(PermissionDenied):
        milestones.verify_milestone(actor=owner, at=AT, milestone=signed)
    milestones.verify_milestone(actor=head, at=AT, milestone=signed)
    with pytest.raises(ValidationError, match="已经核实"):
        change_project(
            actor=owner, at=AT, row=project, values={"agreed_investment": Decimal(1)}, seen=None
        )
    change_project(actor=owner, at=AT, row=project, values={"chain": "整机"}, seen=None)
    with pytest.raises(CannotDo, match="已经核实"):
        moving.undo(actor=owner, at=AT, case=project.matter)


def test_the_page_says_what_is_missing_next_and_who_can_supply_it(
    project: Project, owner: User
) -> None:
    page = browser(owner).get(reverse("project", args=[project.pk])).text
    assert "缺“投资方”" in page
    assert f"{owner.display_name}可补" in page
    first = file_of(owner, project).ways[0]
    assert (first.offer.transition.id, first.permitted) == ("negotiate", True)


def test_the_timeline_leads_to_full_capacity_and_shows_an_end_only_when_it_came(
    project: Project, owner: User
) -> None:
    assert [one.stage.id for one in file_of(owner, project).timeline][-1] == "full_capacity"
    go(owner, project, "terminate", reason="对方撤回")
    assert [one.stage.id for one in file_of(owner, project).timeline][-1] == "terminated"


def test_an_amount_is_shown_as_it_was_entered(owner: User) -> None:
    row = office.project(owner, agreed_investment=Decimal("37.75"), currency="CNY")
    row.refresh_from_db()
    assert str(row.in_cny) == "37.75"
    page = browser(owner).get(reverse("project", args=[row.pk])).text
    assert "37.750000" not in page


def test_the_gate_page_asks_for_exactly_what_is_missing(project: Project, owner: User) -> None:
    seen = browser(owner)
    go(
        owner,
        project,
        "negotiate",
        values={"investor": "创维集团有限公司"},
        occurred_on=date(2021, 11, 1),
    )
    page = reverse("project-move", args=[project.pk, "sign"])
    form = seen.get(page).context["form"]
    assert set(form.fields) == {
        "version", "industry", "agreed_investment", "needs_land", "file0", "occurred_on",
    }  # fmt: skip
    told = {"version": project.matter.version, "industry": "C39", "agreed_investment": "65"}
    told |= {"needs_land": "true", "occurred_on": "2021-11-20"}
    assert seen.post(page, told).status_code == 422, "the agreement is missing"
    paper = SimpleUploadedFile("协议.txt", "正文".encode())
    answer = seen.post(page, told | {"file0": paper, "next": reverse("projects")})
    assert answer.headers["Location"] == reverse("projects")
    project.refresh_from_db()
    assert (project.matter.stage, project.agreed_cny) == ("signed", 65)


def test_nobody_is_led_off_the_platform_afterwards(project: Project, owner: User) -> None:
    page = reverse("project-move", args=[project.pk, "negotiate"])
    told = {"version": project.matter.version, "investor": "创维", "occurred_on": "2021-11-01"}
    answer = browser(owner).post(page, told | {"next": "https://evil.example/"})
    assert answer.headers["Location"] == reverse("project", args=[project.pk])


def test_an_obstacle_is_noted_escalated_decided_and_solved(
    project: Project, owner: User, head: User
) -> None:
    seen = browser(owner)
    case = project.matter

    def do(act: str, of: int | None = None, **told: object) -> int:
        case.refresh_from_db()
        args = [project.pk] if of is None else [project.pk, of]
        data = {"version": case.version, **told}
        return seen.post(reverse(f"project-{act}", args=args), data).status_code

    assert do("obstacle", kind="land", title="", owner=owner.pk) == 422
    assert do("obstacle", kind="land", title="土地指标不足", owner=owner.pk) == 302
    row = Obstacle.objects.get()
    meeting = meetings.convene(
        actor=head, at=AT, title="主任办公会", held_on=timezone.localdate(), chair="主任"
    )
    assert do("solve", row.pk, result="") == 422
    assert do("escalate", row.pk, meeting=meeting.pk, asks="请议定用地指标") == 302
    assert do("solve", row.pk, result="已解决") == 422, "the meeting has yet to decide"
    item = meeting.items.get()
    meetings.close_meeting(
        actor=head, at=AT, meeting=Meeting.objects.get(), attending="各局",
        decisions={item.pk: meetings.Decision("由区资规局解决", owner)},
    )  # fmt: skip
    assert do("solve", row.pk, result="指标已落实") == 302
    row.refresh_from_db()
    assert (row.state, row.result) == ("closed", "指标已落实")


def test_a_meeting_is_planned_and_its_minutes_written_on_its_pages(
    project: Project, owner: User, head: User
) -> None:
    seen = browser(head)
    told = {"title": "主任办公会", "held_on": "2026-12-03", "chair": "主任"}
    assert seen.post(reverse("meeting-new"), told | {"chair": ""}).status_code == 422
    assert seen.post(reverse("meeting-new"), told).status_code == 302
    meeting = Meeting.objects.get()
    row = obstacles.raise_obstacle(
        actor=owner, at=AT, case=project.matter, kind="land", title="用地指标不足", owner=owner
    )
    obstacles.escalate(actor=owner, at=AT, obstacle=row, meeting=meeting, asks="请议定指标")
    page = reverse("meeting", args=[meeting.pk])
    assert "请议定指标" in seen.get(page).text
    assert browser(owner).get(reverse("meeting-close", args=[meeting.pk])).status_code == 403
    item = meeting.items.get()
    meeting.refresh_from_db()
    minutes = {"version": meeting.version, "attending": "各局", f"text{item.pk}": "由资规局落实"}
    minutes |= {f"person{item.pk}": owner.pk, f"due{item.pk}": "2026-12-31"}
    close = reverse("meeting-close", args=[meeting.pk])
    assert seen.post(close, minutes | {f"text{item.pk}": ""}).status_code == 422
    assert seen.post(close, minutes).status_code == 302
    assert "由资规局落实" in browser(owner).get(page).text
    assert browser(owner).get(reverse("meetings")).status_code == 200


def test_an_agenda_is_set_from_the_register_and_read_printed_and_decided(
    project: Project, owner: User, head: User
) -> None:
    rows = [
        obstacles.raise_obstacle(
            actor=owner, at=AT, case=project.matter, kind="land", title=title, owner=owner
        )
        for title in ("用地指标不足", "供电未接入", "规划未调整")
    ]
    planned = meetings.convene(
        actor=head, at=AT, title="主任办公会", held_on=date(2021, 12, 3), chair="主任"
    )
    seen, page = browser(head), reverse("meeting-agenda", args=[planned.pk])
    assert "规划未调整" in seen.get(page).text
    assert browser(owner).get(page).status_code == 403
    told = {f"asks{rows[0].pk}": "请议定指标", f"asks{rows[1].pk}": "请供电公司接入"}
    assert seen.post(page, {"version": 1, **told}).status_code == 302
    first, second = planned.items.order_by("position")
    assert (first.obstacle, second.obstacle) == (rows[0], rows[1])
    planned.refresh_from_db()
    told = {f"place{rows[0].pk}": "2", f"place{rows[1].pk}": "1"} | told
    assert seen.post(page, {"version": planned.version, **told}).status_code == 302
    assert [one.obstacle for one in planned.items.order_by("position")] == [rows[1], rows[0]]
    planned.refresh_from_db()
    told |= {f"place{rows[0].pk}": "", f"place{rows[1].pk}": "1"}
    assert seen.post(page, {"version": planned.version, **told}).status_code == 302
    rows[0].refresh_from_db()
    assert rows[0].state == "open", "it went back to the register"

    paper = seen.get(reverse("meeting-paper", args=[planned.pk])).text
    assert "主任办公会议程" in paper
    assert "请供电公司接入" in paper
    for kind, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = browser(owner).get(reverse("meeting-file", args=[planned.pk, kind]))
        assert file.content.startswith(magic)
    assert seen.get(reverse("meeting-file", args=[planned.pk, "exe"])).status_code == 404
    assert Row.objects.filter(act="cases.meeting.download").count() == 2
    decided = {second.pk: meetings.Decision("供电公司一月内接入", owner, date(2021, 12, 31))}
    meetings.close_meeting(actor=head, at=AT, meeting=planned, attending="各局", decisions=decided)
    assert "供电公司一月内接入" in seen.get(reverse("meeting-paper", args=[planned.pk])).text
    rows[1].refresh_from_db()
    assert (rows[1].state, rows[1].due_on) == ("open", date(2021, 12, 31))
    assert "供电未接入" in browser(owner).get(reverse("obstacles")).text


def test_tasks_comments_and_returns_are_done_on_their_pages(project: Project, owner: User) -> None:
    seen = browser(owner)
    case = project.matter

    def do(act: str, *of: int, **told: object) -> int:
        case.refresh_from_db()
        page = reverse(f"project-{act}", args=[project.pk, *of])
        assert seen.get(page).status_code == 200
        return seen.post(page, {"version": case.version, **told}).status_code

    assert do("task", title="送政策文本", assignee=owner.pk) == 302
    assert do("finish", Task.objects.get().pk, result="已送") == 302
    assert do("comment", text="对方周五再来") == 302
    assert do("watch") == do("unwatch") == 302
    assert do("pause", kind="investor", reason="等董事会") == 302
    assert do("resume") == 302
    go(owner, project, "negotiate", values={"investor": "创维"}, occurred_on=date(2021, 11, 1))
    assert do("return", stage="lead", reason="对方换人") == 302
    assert do("undo") == 302
    case.refresh_from_db()
    assert case.stage == "negotiation"


def test_a_thing_of_another_project_is_not_found_below_this_one(owner: User) -> None:
    one, other = office.project(owner, "甲"), office.project(owner, "乙")
    first = one.matter.milestones.get()
    page = reverse("project-correct", args=[other.pk, first.pk])
    assert browser(owner).get(page).status_code == 404


def test_an_act_on_an_older_version_is_told_and_not_done(project: Project, owner: User) -> None:
    old = project.matter.version
    go(owner, project, "negotiate", values={"investor": "创维"}, occurred_on=date(2021, 11, 1))
    told = {"version": old, "stage": "lead", "reason": "迟到"}
    answer = browser(owner).post(reverse("project-return", args=[project.pk]), told, follow=True)
    assert "别人改过" in answer.text
    project.matter.refresh_from_db()
    assert project.matter.stage == "negotiation"


def test_whoever_only_looks_is_offered_no_act(project: Project) -> None:
    auditor = person("auditor")
    page = browser(auditor).get(reverse("project", args=[project.pk])).text
    assert reverse("project-move", args=[project.pk, "negotiate"]) not in page
    assert browser(auditor).get(reverse("project-return", args=[project.pk])).status_code == 403
