"""Acts on the case of a lead or project, declared once each: a form, and what is done with it.

Every act has a page of its own below that of its lead or project; the engine authorises it there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.access import access_lead, access_project
from shangheng.desks.investment.forms import acts as forms
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.services import handling
from shangheng.desks.investment.views.common import (
    READ_AND_SEND,
    REFUSED,
    changed_meanwhile,
    form_page,
    refuse,
)
from shangheng.engines.cases.access import (
    access_exhibit,
    access_milestone,
    access_obstacle,
    access_override,
    access_signing,
    access_task,
)
from shangheng.engines.cases.models import Case, Meeting
from shangheng.engines.cases.selectors.wording import name_of
from shangheng.engines.cases.services import (
    exhibits,
    milestones,
    moving,
    obstacles,
    overriding,
    pausing,
    people,
    talking,
    tasks,
)
from shangheng.engines.evidence.services import Upload

KINDS: Mapping[str, Callable[..., Project | Lead]] = {
    "project": access_project,
    "lead": access_lead,
}


@dataclass(frozen=True)
class Doing:
    """An act that is being done: by whom, when, to what, with which words.

    `of` is the one thing of the case that it is done to, None for the case as a whole.
    """

    actor: User
    at: datetime
    row: Project | Lead
    of: Any
    seen: int
    told: Mapping[str, Any]

    @property
    def base(self) -> dict[str, Any]:
        """Who and when."""
        return {"actor": self.actor, "at": self.at}

    @property
    def on_case(self) -> dict[str, Any]:
        """Who, when, and to which version of the case."""
        return self.base | {"case": self.row.matter, "seen": self.seen}


@dataclass(frozen=True)
class CaseAct:
    """One act: its code in the address, what it needs, what it asks, what it does.

    `of` finds the thing that it is done to; `initial` says what its form shows first,
    `done` what is told once it is done.
    """

    code: str
    permission: str
    title: str | Promise
    form: type[forms.ActForm]
    run: Callable[[Doing], object]
    of: Callable[..., Model] | None = None
    initial: Callable[[Any], dict[str, Any]] = lambda _thing: {}
    done: str | Promise = ""


def _attach(doing: Doing) -> object:
    file = doing.told["file"]
    upload = Upload(file.name, file.read(), doing.told["kind"])
    return handling.attach(**doing.base, row=doing.row, upload=upload)


def _escalate(doing: Doing) -> object:
    meeting = get_object_or_404(Meeting, pk=doing.told["meeting"])
    asks = doing.told["asks"]
    return obstacles.escalate(**doing.base, obstacle=doing.of, meeting=meeting, asks=asks)


def _ask_override(doing: Doing) -> object:
    return overriding.ask_override(**doing.on_case, **doing.told)


def _decide(doing: Doing) -> object:
    granted = doing.told["agreed"] == "yes"
    return overriding.decide_override(
        **doing.base, override=doing.of, granted=granted, note=doing.told["note"]
    )


def _sign(doing: Doing) -> object:
    agreed = doing.told["agreed"] == "yes"
    return people.sign(**doing.base, signing=doing.of, agreed=agreed, note=doing.told["note"])


def _cosign(doing: Doing) -> object:
    told = doing.told
    return people.ask_signatures(**doing.on_case, people=told["signers"], question=told["question"])


def _talk(doing: Doing) -> object:
    return talking.comment(**doing.base, case=doing.row.matter, text=doing.told["text"])


ACTS: tuple[CaseAct, ...] = (
    CaseAct("return", "cases.act", _("退回"), forms.ReturnForm,
            lambda d: moving.send_back(**d.on_case, **d.told)),
    CaseAct("undo", "cases.view", _("撤销上一步"), forms.ConfirmForm,
            lambda d: moving.undo(**d.on_case)),
    CaseAct("transfer", "cases.act", _("转办"), forms.TransferForm,
            lambda d: people.transfer(**d.on_case, **d.told)),
    CaseAct("pause", "cases.act", _("暂停"), forms.PauseForm,
            lambda d: pausing.pause_case(**d.on_case, **d.told)),
    CaseAct("resume", "cases.act", _("恢复办理"), forms.NoteForm,
            lambda d: pausing.resume_case(**d.on_case, reason=d.told["note"])),
    CaseAct("override", "cases.act", _("申请破例"), forms.OverrideForm, _ask_override),
    CaseAct("decide", "cases.override", _("决定能否破例"), forms.AnswerForm, _decide,
            of=access_override),
    CaseAct("recall", "cases.act", _("撤回破例申请"), forms.ConfirmForm,
            lambda d: overriding.withdraw_override(**d.base, override=d.of),
            of=partial(access_override, to="act")),
    CaseAct("cosign", "cases.act", _("请人会签"), forms.CosignForm, _cosign),
    CaseAct("sign", "cases.view", _("会签"), forms.AnswerForm, _sign, of=access_signing),
    CaseAct("comment", "cases.view", _("评论"), forms.CommentForm, _talk, done=_("评论已发表。")),
    CaseAct("watch", "cases.view", _("关注"), forms.ConfirmForm,
            lambda d: talking.watch(**d.base, case=d.row.matter)),
    CaseAct("unwatch", "cases.view", _("不再关注"), forms.ConfirmForm,
            lambda d: talking.unwatch(**d.base, case=d.row.matter)),
    CaseAct("task", "cases.act", _("交办任务"), forms.TaskForm,
            lambda d: tasks.give_task(**d.base, case=d.row.matter, **d.told),
            done=_("任务已交办。")),
    CaseAct("finish", "cases.view", _("办结任务"), forms.ResultForm,
            lambda d: tasks.finish_task(**d.base, task=d.of, **d.told),
            of=partial(access_task, to="act")),
    CaseAct("evidence", "evidence.upload", _("附凭证"), forms.EvidenceForm, _attach),
    CaseAct("withdraw", "cases.act", _("撤下凭证"), forms.ReasonForm,
            lambda d: exhibits.withdraw(**d.base, exhibit=d.of, seen=d.seen, **d.told),
            of=access_exhibit),
    CaseAct("milestone", "cases.act", _("补记里程碑"), forms.MilestoneForm,
            lambda d: milestones.record_milestone(**d.on_case, **d.told)),
    CaseAct("verify", "cases.verify", _("核实里程碑"), forms.NoteForm,
            lambda d: milestones.verify_milestone(
                **d.base, milestone=d.of, seen=d.seen, **d.told),
            of=access_milestone),
    CaseAct("correct", "cases.act", _("更正日期"), forms.CorrectForm,
            lambda d: milestones.correct_milestone(
                **d.base, milestone=d.of, seen=d.seen, **d.told),
            of=access_milestone, initial=lambda one: {"occurred_on": one.occurred_on}),
    CaseAct("reverse", "cases.view", _("冲正里程碑"), forms.ReasonForm,
            lambda d: milestones.reverse_milestone(
                **d.base, milestone=d.of, seen=d.seen, **d.told),
            of=access_milestone),
    CaseAct("obstacle", "cases.act", _("登记堵点"), forms.ObstacleForm,
            lambda d: obstacles.raise_obstacle(**d.base, case=d.row.matter, **d.told),
            done=_("堵点已登记。")),
    CaseAct("hand", "cases.view", _("调整牵头人"), forms.HandForm,
            lambda d: obstacles.hand_obstacle(**d.base, obstacle=d.of, **d.told),
            of=partial(access_obstacle, to="act"),
            initial=lambda one: {"owner": one.owner_id, "due_on": one.due_on}),
    CaseAct("escalate", "cases.view", _("提请会议"), forms.EscalateForm, _escalate,
            of=partial(access_obstacle, to="act")),
    CaseAct("solve", "cases.view", _("销号"), forms.SolvedForm,
            lambda d: obstacles.close_obstacle(**d.base, obstacle=d.of, **d.told),
            of=partial(access_obstacle, to="act")),
)  # fmt: skip


def _show(
    request: HttpRequest, kind: str, act: CaseAct, pk: int, of: int | None = None
) -> HttpResponse:
    """The page of an act: its form, and the act itself when it is sent."""
    actor = person_of(request)
    row = KINDS[kind](actor=actor, pk=pk)
    thing = _thing(act, actor, row.matter, of)
    form = act.form(
        request.POST or None,
        request.FILES or None,
        case=row.matter,
        actor=actor,
        initial=act.initial(thing),
    )
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        doing = Doing(actor, timezone.now(), row, thing, form.cleaned_data["version"], told)
        try:
            handling.handled(**doing.base, row=row, act=partial(act.run, doing))
        except StaleEdit:
            return changed_meanwhile(request, row)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, str(act.done) or _("“%s”已办。") % act.title)
            return redirect(kind, pk)
    return form_page(request, form, str(act.title), row, submit=act.title, about=name_of(thing))


def _thing(act: CaseAct, actor: User, case: Case, pk: int | None) -> Any:
    """What an act is done to. Raises Http404 for a thing of another case, PermissionDenied."""
    if act.of is None:
        return None
    thing: Any = act.of(actor=actor, pk=pk)
    if thing.case_id != case.pk:
        raise Http404
    return thing


def act_paths(kind: str) -> list[URLPattern]:
    """The addresses of the acts below `projects/` or `leads/`."""
    return [
        path(
            f"{kind}s/<int:pk>/{act.code}/{'<int:of>/' if act.of else ''}",
            _view(kind, act),
            name=f"{kind}-{act.code}",
        )
        for act in ACTS
    ]


def _view(kind: str, act: CaseAct) -> Callable[..., HttpResponse]:
    @permission_required(act.permission)
    @require_http_methods(READ_AND_SEND)
    def view(request: HttpRequest, pk: int, of: int | None = None) -> HttpResponse:
        return _show(request, kind, act, pk, of)

    return view
