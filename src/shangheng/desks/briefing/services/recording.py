"""What every act on a report shares: holding its row, and writing who did what."""

from collections.abc import Mapping
from datetime import datetime

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.desks.briefing.domain.told import _
from shangheng.desks.briefing.models import CannotDo, Report, State, Step
from shangheng.desks.briefing.services.telling import tell_writers


def held(report: Report, *states: State) -> Report:
    """The report's row, locked for this transaction. Raises CannotDo in any other state."""
    current = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if current.state not in states:
        raise CannotDo(
            _("这份材料现在是“%(state)s”，不能这样做；请刷新页面看看别人做了什么。"),
            state=State(current.state).label,
        )
    return current


def wrote(*, actor: User, report: Report) -> bool:
    """Whether somebody has written any of the text, or owns the report."""
    return report.owner_id == actor.pk or report.drafts.filter(author=actor).exists()


def step(
    *, actor: User, at: datetime, report: Report, act: str, to: State, reason: str = ""
) -> Step:
    """Move a report, keep the step and its audit row."""
    made = Step.objects.create(
        report=report,
        act=act,
        origin=report.state,
        destination=to,
        build=report.build,
        actor=actor,
        at=at,
        reason=reason.strip(),
    )
    before = {"state": report.state}
    report.state = to
    report.save(update_fields=["state", "build"])
    after = {"state": to.value, "build": report.build_id, "reason": reason.strip()}
    record(actor=actor, at=at, act=act, report=report, before=before, after=after)
    tell_writers(made)
    return made


def record(
    *,
    actor: User,
    at: datetime,
    act: str,
    report: Report,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the audit row of an act on a report."""
    audit.record(
        actor=actor,
        act=f"briefing.{act}",
        at=at,
        target=f"briefing.report:{report.pk}",
        label=report.title,
        before=before,
        after=after,
    )
