"""Taking back a batch of imported projects: those with which nothing was done since are withdrawn."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import scope_of
from shangheng.core.audit.services import Told, record_many
from shangheng.core.imports.registry import CannotUndo, Obstacle, Undoing
from shangheng.desks.investment.models import Arrival, Project, Status
from shangheng.desks.investment.selectors.projects import project_url

REASON = 500


@transaction.atomic
def withdraw_batch(undoing: Undoing) -> Mapping[str, object]:
    """Withdraw every project of a batch, with the reason. Raises CannotUndo."""
    number_of = {row.target: row.number for row in undoing.rows}
    rows = Project.objects.filter(pk__in=number_of)
    if stopped := list(_obstacles(undoing, rows, number_of)):
        raise CannotUndo(stopped)
    if undoing.is_trial:
        return {}
    told = {"name": undoing.batch.name[:100], "reason": undoing.reason}
    reason = (_("撤销导入“%(name)s”：%(reason)s") % told)[:REASON]
    names = dict(rows.values_list("pk", "name"))
    rows.update(
        status=Status.WITHDRAWN,
        status_reason=reason,
        status_since=timezone.localdate(undoing.at),
        version=2,
    )
    before = {"status": Status.ON_TRACK.value, "reason": ""}
    after = {"status": Status.WITHDRAWN.value, "reason": reason}
    record_many(
        actor=undoing.actor,
        at=undoing.at,
        told=[
            Told("investment.project.status", f"investment.project:{pk}", name, before, after)
            for pk, name in names.items()
        ],
    )
    return {"withdrawn": len(names)}


def _obstacles(
    undoing: Undoing, rows: QuerySet[Project], number_of: Mapping[int, int]
) -> Iterator[Obstacle]:
    """What of a batch is out of reach, or was gone on with since it was imported."""
    scope = scope_of(undoing.actor, "investment.edit")
    places = rows.order_by().values_list("case__unit", "case__owner").distinct()
    if not all(scope.covers(unit_id=unit, owner_id=owner) for unit, owner in places):
        yield Obstacle(0, _("这一批里有您无权修改的项目；请由能修改它们的人撤销"))
        return
    paid = Arrival.objects.filter(project=OuterRef("pk"))
    looked = rows.annotate(paid=Exists(paid), milestones=Count("case__milestones"))
    for row in looked.select_related("case").order_by("pk").iterator():
        if row.version == 1 and row.matter.version == 1 and row.milestones == 1 and not row.paid:
            continue
        message = _("“%s”导入以后办过事或改过；请先撤回，或者单独处理") % row.name
        yield Obstacle(number_of[row.pk], message, project_url(row.pk))
