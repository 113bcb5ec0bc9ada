"""Milestones from a file: a project by its number, a stage, the day, a note.

Each is recorded as on the page of its project (补记): the ledger follows, people and other systems are
told. A batch is taken back by reversing what it recorded.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import (
    Act,
    CannotUndo,
    Done,
    Fault,
    Match,
    Obstacle,
    Rows,
    RowsRefused,
    Table,
    Undoing,
)
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.projects import project_url, projects_for
from shangheng.desks.investment.services.handling import handled
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Milestone, Verification
from shangheng.engines.cases.rulebook import version_now
from shangheng.engines.cases.selectors.cases import reaches
from shangheng.engines.cases.services import milestones
from shangheng.engines.ledger.domain.line import LinesRefused

CODE = "investment_milestones"


def _columns(_actor: User) -> list[Column]:
    stages = {one.name: one.id for one in version_now("investment_project").stages if one.milestone}
    return [
        Column("project", _("项目编号"), Kind.INTEGER, required=True, example=12,
               note=_("项目页面和清单上 # 后面的数。")),
        Column("stage", _("里程碑"), Kind.CHOICE, required=True, choices=stages),
        Column("occurred_on", _("发生日期"), Kind.DATE, required=True),
        Column("note", _("说明"), max_length=500),
    ]  # fmt: skip


def _each(rows: Rows) -> Iterator[tuple[int, dict[str, Value]]]:
    return ((index, rows.row(index)) for index in range(len(rows)))


def _number(row: Mapping[str, Value]) -> int:
    return int(str(row["project"]))


def _projects(actor: User, rows: Rows) -> dict[int, Project]:
    """The projects of a file that somebody may see, by their numbers."""
    return projects_for(actor).in_bulk([int(str(number)) for number in rows.columns["project"]])


def _held(rows: Rows) -> dict[tuple[int, str], Milestone]:
    """The milestones that hold of the projects of a file."""
    keys = [int(str(number)) for number in rows.columns["project"]]
    found = Milestone.objects.filter(
        case__subject_type="investment.project", case__subject_id__in=keys, n=1, reversal=None
    ).select_related("case")
    return {(row.case.subject_id, row.stage): row for row in found}


def _check(actor: User, at: datetime, rows: Rows) -> list[Fault]:
    projects, held, today = _projects(actor, rows), _held(rows), timezone.localdate(at)
    faults = []
    for index, row in _each(rows):
        project = projects.get(_number(row))
        if project is None:
            message = _("没有编号为%d的项目，或者不在您的查看范围内。") % _number(row)
            faults.append(Fault(index, "project", message))
            continue
        if not reaches(actor, "cases.act", project.matter):
            faults.append(Fault(index, "project", _("您不能办理“%s”。") % project.name))
        day = row["occurred_on"]
        if isinstance(day, date) and day > today:
            message = _("里程碑是已经发生的事，日期不能晚于今天。")
            faults.append(Fault(index, "occurred_on", message))
        there = held.get((project.pk, str(row["stage"])))
        if there is not None and there.occurred_on != day:
            told = {"project": project.name, "day": there.occurred_on}
            message = _("“%(project)s”这个里程碑已登记为%(day)s，请在项目页面更正日期。") % told
            faults.append(Fault(index, "occurred_on", message))
    return faults


def _identity(rows: Rows) -> list[Hashable]:
    return [(_number(row), row["stage"]) for _index, row in _each(rows)]


def _known(_actor: User, rows: Rows, keys: Sequence[Hashable]) -> dict[int, Match]:
    held = _held(rows)
    return {
        index: Match(there.case.title, project_url(there.case.subject_id), target=there.pk)
        for index, key in enumerate(keys)
        if (there := held.get(key))  # type: ignore[call-overload] # as _identity gives it
    }


def _commit(act: Act) -> Done:
    """Record them project by project, so that the ledger follows each of these once."""
    projects = _projects(act.actor, act.rows)
    of: dict[int, list[int]] = defaultdict(list)
    for index, row in _each(act.rows):
        of[_number(row)].append(index)
    made: dict[int, int] = {}
    faults: list[Fault] = []
    for number, places in of.items():
        project = projects[number]

        def record(places: Sequence[int] = places, project: Project = project) -> None:
            for place in places:
                with _told(faults, place):
                    made[place] = _record(act, act.rows.row(place), project)

        with _told(faults, places[0]):
            handled(actor=act.actor, at=act.at, row=project, act=record)
    if faults:
        raise RowsRefused(faults)
    return Done([made[place] for place in range(len(act.rows))])


def _record(act: Act, row: Mapping[str, Value], project: Project) -> int:
    day = row["occurred_on"]
    if not isinstance(day, date):
        raise TypeError(f"{day!r} is no day")
    return milestones.record_milestone(
        actor=act.actor,
        at=act.at,
        case=project.matter,
        stage=str(row["stage"]),
        occurred_on=day,
        note=str(row.get("note") or ""),
    ).pk


@contextmanager
def _told(faults: list[Fault], index: int) -> Iterator[None]:
    """Keep what is said against a row."""
    try:
        with transaction.atomic():
            yield
    except PermissionDenied:
        faults.append(Fault(index, "project", _("您不能办理这个项目。")))
    except (CannotDo, LinesRefused) as refusal:
        faults.append(Fault(index, "", str(refusal)))
    except ValidationError as refusal:
        faults.append(Fault(index, "", " ".join(refusal.messages)))


def _undo(undoing: Undoing) -> Mapping[str, object]:
    """Reverse what still holds of the batch; a trial is rolled back."""
    number_of = {row.target: row.number for row in undoing.rows}
    held = Milestone.objects.filter(pk__in=number_of, reversal=None).select_related("case")
    of: dict[int, list[Milestone]] = defaultdict(list)
    for row in held.order_by("-rank"):
        of[row.case.subject_id].append(row)
    stopped: list[Obstacle] = []
    with transaction.atomic():
        for pk, rows in of.items():
            stopped += _reverse(undoing, pk, rows, number_of)
        if stopped or undoing.is_trial:
            transaction.set_rollback(True)
    if stopped:
        raise CannotUndo(stopped)
    gone = sum(len(rows) for rows in of.values())
    return {"reversed": gone, "reversed_before": len(number_of) - gone}


def _reverse(
    undoing: Undoing, pk: int, rows: Sequence[Milestone], number_of: Mapping[int, int]
) -> Iterator[Obstacle]:
    project = projects_for(undoing.actor).filter(pk=pk).first()
    first, url = number_of[rows[0].pk], project_url(pk)
    if project is None:
        yield Obstacle(first, _("项目#%d不在您的查看范围内") % pk)
        return
    verified = Verification.objects.filter(milestone__in=rows).values_list("milestone", flat=True)
    for key in verified:
        message = _("“%s”的这个里程碑已经核实；请先由核实人冲正") % project.name
        yield Obstacle(number_of[key], message, url)
    if verified:
        return
    told = {"name": undoing.batch.name[:60], "reason": undoing.reason or "—"}
    reason = _("撤销导入“%(name)s”：%(reason)s") % told

    def act() -> None:
        for row in rows:
            milestones.reverse_milestone(
                actor=undoing.actor, at=undoing.at, milestone=row, reason=reason[:500]
            )

    try:
        with transaction.atomic():
            handled(actor=undoing.actor, at=undoing.at, row=project, act=act)
    except PermissionDenied:
        yield Obstacle(first, _("您不能办理“%s”。") % project.name, url)
    except (CannotDo, ValueError, ValidationError) as refusal:
        yield Obstacle(first, f"{project.name}：{refusal}", url)


def _named(keys: Sequence[int], actor: User) -> dict[int, tuple[str, str]]:
    seen = projects_for(actor).order_by().values("case")
    rows = Milestone.objects.filter(pk__in=keys, case__in=seen).select_related("case")
    version = version_now("investment_project")
    return {
        row.pk: (
            f"{row.case.title} · {version.stage(row.stage).name}",
            project_url(row.case.subject_id),
        )
        for row in rows
    }


TABLE = Table(
    code=CODE,
    label=gettext_lazy("项目里程碑"),
    permission="cases.act",
    columns=lambda actor: in_every_language(lambda: _columns(actor)),
    check=_check,
    identity=_identity,
    known=_known,
    commit=_commit,
    undo=_undo,
    named=_named,
    limit=10_000,
    in_job_from=200,
    url_name="milestone-import",
    home="projects",
    home_label=gettext_lazy("招商项目"),
    undo_about=gettext_lazy(
        "这一批登记的里程碑全部冲正，台账随之冲销；已经核实的，要先由核实人冲正。"
    ),
)
