"""A project's milestones and money in the ledger: what it stands for is posted, what no longer holds reversed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Counted, Project
from shangheng.desks.investment.selectors.posting_rules import posting_rule
from shangheng.engines.cases.selectors.cases import standing_exhibits, workflow_of
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import SUBJECT_LENGTH, Line
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import post, reverse

SOURCE = "招商项目"  # zh-data: kept with the entry as its source


@dataclass(frozen=True, slots=True)
class Due:
    """What the ledger should hold of a project under an indicator."""

    indicator: str
    value: Decimal
    occurred_on: date
    stage: str


def bring_up_to_date(
    *, actor: User, at: datetime, project: Project, elsewhere: bool = False
) -> None:
    """Let the ledger hold what the project stands for: differences are reversed and posted.

    With `elsewhere` what is due counts as held by the ledger already. Call it in the transaction of
    the act. Raises LinesRefused, ValidationError where no unit leads the project.
    """
    wanted = {due.indicator: due for due in dues(project)}
    kept = {row.indicator: row for row in project.counted.filter(withdrawn_at=None)}
    gone = [row for code, row in kept.items() if not _same(row, wanted.get(code))]
    new = [due for code, due in wanted.items() if not _same(kept.get(code), due)]
    _withdraw(gone, actor, at)
    if elsewhere:
        _keep(project, new, [None] * len(new))
    elif new:
        _keep(project, new, _posted(project, new, actor, at))


def dues(project: Project) -> Iterator[Due]:
    """What the ledger should hold of a project now."""
    days = dict(standing(project.matter).values_list("stage", "occurred_on"))
    for stage, day in days.items():
        rule = posting_rule(day)
        for row in rule["postings"] if rule else ():
            value = Decimal(1) if row["value"] == "one" else project.agreed_cny
            counts = project.tracked or not row["tracked"]
            if row["stage"] == stage and value is not None and counts:
                yield Due(row["indicator"], value, day, stage)


def _same(row: Counted | None, due: Due | None) -> bool:
    if row is None or due is None:
        return False
    return (row.value, row.occurred_on) == (due.value, due.occurred_on)


def _withdraw(rows: list[Counted], actor: User, at: datetime) -> None:
    for row in rows:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    postings = [row.posting_id for row in rows if row.posting_id is not None]
    if postings:
        reason = _("招商项目的里程碑或金额有更正")
        reverse(actor=actor, at=at, postings=postings, reason=reason)


def _keep(project: Project, new: list[Due], postings: list[Posting | None]) -> None:
    Counted.objects.bulk_create(
        Counted(
            project=project,
            indicator=due.indicator,
            value=due.value,
            occurred_on=due.occurred_on,
            posting=posting,
        )
        for due, posting in zip(new, postings, strict=True)
    )


def _posted(project: Project, new: list[Due], actor: User, at: datetime) -> list[Posting | None]:
    unit = project.matter.unit
    if unit is None:
        raise ValidationError(
            _("“%s”还没有牵头单位，先转给有单位的人办理才能入账。") % project.name
        )
    documents = {stage: _documents(project, stage) for stage in {due.stage for due in new}}
    lines = [_line(project, due, unit.pk, documents[due.stage]) for due in new]
    entry = post(actor=actor, at=at, lines=lines, source=SOURCE, note=f"#{project.pk}")
    return list(entry.postings.order_by("pk"))


def _line(project: Project, due: Due, unit_id: int, documents: tuple[int, ...]) -> Line:
    definition = catalogue.indicator(due.indicator).on(due.occurred_on)
    return Line(
        indicator=due.indicator,
        unit_id=unit_id,
        area=settings.HOME_AREA,
        value=due.value,
        unit_of_measure=catalogue.unit_of(definition).code,
        occurred_on=due.occurred_on,
        subject=project.name[:SUBJECT_LENGTH],
        documents=documents,
    )


def _documents(project: Project, stage: str) -> tuple[int, ...]:
    """The vouchers that the gate of a stage asks for."""
    ways = workflow_of(project.matter)[1].transitions
    kinds = {
        kind for way in ways if way.target == stage for need in way.evidence for kind in need.any_of
    }
    exhibits = standing_exhibits(project.matter).filter(kind__in=kinds)
    return tuple(dict.fromkeys(exhibits.values_list("document", flat=True)))
