"""From draft to issued: checking, signing, issuing, and every way back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.domain.findings import Finding
from shangheng.desks.briefing.domain.told import _
from shangheng.desks.briefing.models import Build, CannotDo, Report, State, Step, Waiver
from shangheng.desks.briefing.selectors.findings import open_findings
from shangheng.desks.briefing.services.recording import held, record, step, wrote

UNDONE = {"check": State.DRAFT, "sign": State.CHECKED}


@transaction.atomic
def check_report(*, actor: User, at: datetime, report: Report, seen: int | None = None) -> Step:
    """Confirm text and figures of the pinned build, the one `seen` (by key).

    Raises CannotDo for another build, and for whoever wrote any of it.
    """
    current = held(report, State.DRAFT)
    _as_seen(_pinned(current), seen)
    if wrote(actor=actor, report=current):
        raise CannotDo(_("核稿人不能是起草人，请由别人核稿。"))
    return step(actor=actor, at=at, report=current, act="check", to=State.CHECKED)


@transaction.atomic
def send_back(*, actor: User, at: datetime, report: Report, reason: str) -> Step:
    """Give a report back to its writer with a reason. Raises CannotDo."""
    current = held(report, State.DRAFT, State.CHECKED, State.SIGNED)
    _reasoned(reason, _("退回要写明原因，让起草人知道改什么。"))
    if current.build is None:
        raise CannotDo(_("这份材料还在起草，没有可退回的稿子。"))
    made = step(actor=actor, at=at, report=current, act="return", to=State.DRAFT, reason=reason)
    current.build = None
    current.save(update_fields=["build"])
    return made


@transaction.atomic
def waive(
    *, actor: User, at: datetime, report: Report, keys: Collection[str], reason: str
) -> list[Waiver]:
    """Answer for findings that would stop the signature. Raises CannotDo."""
    current = held(report, State.DRAFT, State.CHECKED)
    build = _pinned(current)
    _reasoned(reason, _("放行要写明理由，理由会随材料保存。"))
    open_now = {finding.key: finding for finding in open_findings(current, build)}
    chosen = [open_now[key] for key in keys if key in open_now]
    if not chosen:
        raise CannotDo(_("请选择要放行的问题。"))
    if not all(finding.can_be_waived for finding in chosen):
        raise CannotDo(_("正文写错的地方只能改正，不能放行。"))
    waivers = Waiver.objects.bulk_create(
        _waiver(current, finding, actor, at, reason) for finding in chosen
    )
    after = {"findings": [finding.key for finding in chosen], "reason": reason.strip()}
    record(actor=actor, at=at, act="waive", report=current, after=after)
    return waivers


@transaction.atomic
def sign_report(*, actor: User, at: datetime, report: Report, seen: int | None = None) -> Step:
    """Sign a checked report, the build `seen` (by key).

    Raises CannotDo for another build, while a finding is open, or to who wrote it.
    """
    current = held(report, State.CHECKED)
    build = _pinned(current)
    _as_seen(build, seen)
    if wrote(actor=actor, report=current):
        raise CannotDo(_("签发人不能是起草人，请由别人签发。"))
    if left := open_findings(current, build):
        raise CannotDo(
            _("还有%(n)d个问题没有解决，也没有说明理由放行，不能签发。第一个是：%(first)s"),
            n=len(left),
            first=left[0].message,
        )
    return step(actor=actor, at=at, report=current, act="sign", to=State.SIGNED)


@transaction.atomic
def issue_report(*, actor: User, at: datetime, report: Report) -> Step:
    """Issue a signed report; the edition that it replaces is marked so. Raises CannotDo."""
    current = held(report, State.SIGNED)
    made = step(actor=actor, at=at, report=current, act="issue", to=State.ISSUED)
    if current.supersedes is not None and current.supersedes.state == State.ISSUED:
        older = held(current.supersedes, State.ISSUED)
        step(actor=actor, at=at, report=older, act="supersede", to=State.SUPERSEDED)
    return made


@transaction.atomic
def withdraw_report(*, actor: User, at: datetime, report: Report, reason: str) -> Step:
    """Take an issued report back; it stays readable and says that it was. Raises CannotDo."""
    current = held(report, State.ISSUED)
    _reasoned(reason, _("撤回要写明原因，看到这份材料的人都会看到。"))
    return step(
        actor=actor, at=at, report=current, act="withdraw", to=State.WITHDRAWN, reason=reason
    )


@transaction.atomic
def undo(*, actor: User, at: datetime, report: Report) -> Step:
    """Take back one's own check or signature while nothing has been issued. Raises CannotDo."""
    current = held(report, State.CHECKED, State.SIGNED)
    last = current.steps.order_by("-pk")[0]
    if last.act not in UNDONE or last.actor_id != actor.pk:
        raise CannotDo(_("只有做这一步的人可以撤销，别人请用“退回”。"))
    return step(actor=actor, at=at, report=current, act="undo", to=UNDONE[last.act])


def _pinned(report: Report) -> Build:
    if report.build is None:
        raise CannotDo(_("还没有生成定稿，请先点“生成定稿”，把数字固定在一个时点上。"))
    return report.build


def _as_seen(build: Build, seen: int | None) -> None:
    if seen is not None and build.pk != seen:
        raise CannotDo(
            _("您打开之后，%(who)s重新生成过这份材料；请看过现在的定稿再办。"),
            who=build.built_by.display_name,
        )


def _reasoned(reason: str, otherwise: str) -> None:
    if not reason.strip():
        raise CannotDo(otherwise)


def _waiver(report: Report, finding: Finding, actor: User, at: datetime, reason: str) -> Waiver:
    return Waiver(
        report=report,
        key=finding.key[:300],
        digest=finding.digest,
        message=finding.message,
        reason=reason.strip(),
        actor=actor,
        at=at,
    )
