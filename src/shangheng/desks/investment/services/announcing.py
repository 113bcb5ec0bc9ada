"""Telling people and other systems what became of leads, projects and their money."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.dictionaries.selectors import value
from shangheng.core.notices.services import notify
from shangheng.core.ui.figures import number_text
from shangheng.desks.investment.models import (
    Arrival,
    Dispute,
    Project,
    Space,
    SpaceEvent,
    SpaceState,
)
from shangheng.desks.investment.selectors.leads import lead_url
from shangheng.desks.investment.selectors.money import arrival_url
from shangheng.desks.investment.selectors.organisations import organisation_url
from shangheng.desks.investment.selectors.projects import project_url
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.registry.models import Organisation

REACHED = {
    "signed": "project.signed",
    "registered": "project.registered",
    "land_pending": "project.land_pending",
    "land_supplied": "project.land_supplied",
    "started": "project.started",
    "in_statistics": "project.in_statistics",
    "producing": "project.producing",
    "full_capacity": "project.full_capacity",
    "terminated": "project.terminated",
}
"""The kind of notice by the stage that was reached; of other stages nobody is told."""


@dataclass(frozen=True, slots=True)
class Held:
    """A milestone that holds."""

    stage: str
    on: date


def held_by(project: Project) -> Mapping[int, Held]:
    """The milestones of a project that hold now, by their keys."""
    rows = standing(project.matter).order_by("rank")
    return {pk: Held(stage, on) for pk, stage, on in rows.values_list("pk", "stage", "occurred_on")}


def tell_milestones(
    *, actor: User, at: datetime, project: Project, before: Mapping[int, Held]
) -> None:
    """Tell of every milestone that no longer holds, then of every one that holds since."""
    now = held_by(project)
    for pk, one in before.items():
        if pk not in now and one.stage in REACHED:
            _tell_stage(actor, at, project, "project.milestone_undone", one, f"undone:{pk}")
    for pk, one in now.items():
        if pk not in before and one.stage in REACHED:
            _tell_stage(actor, at, project, REACHED[one.stage], one, f"reached:{pk}")


def _tell_stage(
    actor: User, at: datetime, project: Project, kind: str, held: Held, key: str
) -> None:
    version = workflow_of(project.matter)[1]

    def subject() -> str:
        told = {"project": project.name, "stage": version.stage(held.stage).name}
        if kind == "project.milestone_undone":
            return _("“%(project)s”的里程碑“%(stage)s”不再成立") % told
        return _("“%(project)s”到达“%(stage)s”") % told

    _notify(
        actor,
        at,
        project,
        kind=kind,
        subject=subject,
        body=lambda: _("日期：%s") % held.on.isoformat(),
        url=project_url(project.pk),
        key=f"investment.milestone.{key}",
        source=f"investment.project:{project.pk}",
    )


def tell_entered(*, actor: User, at: datetime, row: Arrival) -> None:
    """Tell that money was entered."""
    _tell_money(actor, at, row, "arrival.entered", row.counted_cny, row.note)


def tell_taken_back(*, actor: User, at: datetime, row: Arrival) -> None:
    """Tell that money was taken back."""
    _tell_money(actor, at, row, "arrival.taken_back", row.counted_cny, row.taken_back_why)


def tell_decided(
    *, actor: User, at: datetime, row: Arrival, recognised: Decimal, rejected: Decimal, reason: str
) -> None:
    """Tell what the city said of an arrival: what it recognised, what it rejected and why."""
    if recognised:
        _tell_money(actor, at, row, "arrival.recognised", recognised)
    if rejected:
        why = value("rejection_reasons", reason)
        _tell_money(actor, at, row, "arrival.rejected", rejected, lambda: why.name if why else "")


def _tell_money(
    actor: User,
    at: datetime,
    row: Arrival,
    kind: str,
    amount: Decimal,
    body: str | Callable[[], str] = "",
) -> None:
    def subject() -> str:
        words = {
            "arrival.entered": _("“%(project)s”登记到资%(amount)s亿元"),
            "arrival.taken_back": _("“%(project)s”的到资%(amount)s亿元已撤销"),
            "arrival.recognised": _("“%(project)s”的到资认定%(amount)s亿元"),
            "arrival.rejected": _("“%(project)s”的到资被拒统%(amount)s亿元"),
        }
        return words[kind] % {
            "project": row.project.name,
            "amount": number_text(amount.normalize()),
        }

    _notify(
        actor,
        at,
        row.project,
        kind=kind,
        subject=subject,
        body=body,
        url=arrival_url(row.pk),
        source=f"investment.arrival:{row.pk}",
    )


def tell_disputed(*, actor: User, at: datetime, made: Dispute) -> None:
    """Tell whoever has claimed a lead, and those who rule, that somebody says it is theirs."""
    _tell_dispute(actor, at, made, "dispute.raised", made.grounds, [made.lead.claimed_by])


def tell_ruled(*, actor: User, at: datetime, made: Dispute, holder: User | None) -> None:
    """Tell both sides how a dispute was ruled; `holder` had claimed the lead."""
    _tell_dispute(actor, at, made, "dispute.ruled", made.ruling, [made.claimant, holder])


def _tell_dispute(
    actor: User, at: datetime, made: Dispute, kind: str, body: str, to: Sequence[User | None]
) -> None:
    who, lead = made.claimant.display_name, made.lead

    def subject() -> str:
        words = {
            "dispute.raised": _("%(who)s对线索“%(lead)s”提出争议"),
            "dispute.ruled": _("%(who)s对线索“%(lead)s”的争议已裁定"),
        }
        return words[kind] % {"who": who, "lead": lead.title}

    notify(
        to=[person for person in to if person is not None],
        kind=kind,
        at=at,
        actor=actor,
        unit=lead.matter.unit,
        subject=subject,
        body=body,
        url=lead_url(lead.pk),
        key=f"investment.{kind}:{made.pk}",
        source=f"investment.lead:{lead.pk}",
    )


def tell_space(*, actor: User, at: datetime, kind: str, row: Space, event: SpaceEvent) -> None:
    """Tell that a space was reserved, stands otherwise, or that its last event was undone; whoever
    owns the project of the event hears of it."""
    project = event.project

    def subject() -> str:
        words = {
            "space.reserved": _("载体“%(space)s”为“%(project)s”预留到%(until)s"),
            "space.state": _("载体“%(space)s”变更为%(state)s"),
            "space.undone": _("载体“%(space)s”的“%(state)s”已撤销"),
        }
        return words[kind] % {
            "space": row.name,
            "project": project.name if project else "",
            "until": event.until.isoformat() if event.until else "",
            "state": SpaceState(event.state).label,
        }

    notify(
        to=[project.matter.owner, *project.team.all()] if project else [],
        kind=kind,
        at=at,
        actor=actor,
        unit=row.unit,
        subject=subject,
        body=event.note,
        url=reverse("space", args=[row.pk]),
        key=f"investment.{kind}:{event.pk}",
        source=f"investment.space:{row.pk}",
    )


def tell_organisation(
    *, actor: User, at: datetime, kind: str, row: Organisation, other: str, body: str = ""
) -> None:
    """Tell that an organisation was renamed (from `other`), that `other` was merged into it or taken
    out of it again; whoever owns an open project of it hears of it."""

    def subject() -> str:
        words = {
            "organisation.renamed": _("“%(other)s”更名为“%(name)s”"),
            "organisation.merged": _("“%(other)s”已并入“%(name)s”"),
            "organisation.unmerged": _("“%(other)s”已从“%(name)s”拆开"),
        }
        return words[kind] % {"other": other, "name": row.name}

    party = Q(investor=row) | Q(group=row) | Q(company=row)
    open_ones = Project.objects.filter(party, case__closed=False)
    notify(
        to=User.objects.filter(pk__in=open_ones.order_by().values("case__owner")),
        kind=kind,
        at=at,
        actor=actor,
        subject=subject,
        body=body,
        url=organisation_url(row.pk),
        source=f"registry.organisation:{row.pk}",
    )


def _notify(actor: User, at: datetime, project: Project, *, kind: str, **told: object) -> None:
    """Tell those who work on a project, group robots and other systems."""
    case = project.matter
    notify(
        to=[case.owner, *project.team.all()],
        kind=kind,
        at=at,
        actor=actor,
        unit=case.unit,
        **told,  # type: ignore[arg-type] # as the callers above name them
    )
