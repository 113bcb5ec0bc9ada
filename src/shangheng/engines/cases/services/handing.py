"""What is open with somebody who leaves passes to somebody else (离岗交接)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.handover import Item, Open
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tree.holdings import Holding, OpenKind
from shangheng.core.database.edits import take
from shangheng.engines.cases.models import Case, Obstacle, ObstacleState, Signing, Task
from shangheng.engines.cases.services.obstacles import lead_by
from shangheng.engines.cases.services.people import pass_on
from shangheng.engines.cases.services.recording import held
from shangheng.engines.cases.services.tasks import hand_on
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.wording import say


def _url(case: Case) -> str:
    return subject_kind(case.subject_type).url(case.subject_id)


def _items(rows: Iterable[Task | Obstacle | Signing]) -> Iterable[Item]:
    for row in rows:
        title = row.question if isinstance(row, Signing) else row.title
        yield Item(
            row.pk, f"{row.case.title}：{title}"[:300], _url(row.case), row.case.unit_id
        )  # zh-data: a colon


def _open_cases(person: User) -> Iterable[Item]:
    for case in Case.objects.filter(owner=person, closed=False).order_by("pk"):
        yield Item(case.pk, case.title, _url(case), case.unit_id)


def _open_tasks(person: User) -> Iterable[Item]:
    return _items(Task.objects.filter(assignee=person, done_at=None).select_related("case"))


def _open_obstacles(person: User) -> Iterable[Item]:
    rows = Obstacle.objects.filter(owner=person).exclude(state=ObstacleState.CLOSED)
    return _items(rows.select_related("case"))


def _open_signings(person: User) -> Iterable[Item]:
    rows = Signing.objects.filter(person=person, answered_at=None, visit=F("case__visit"))
    return _items(rows.filter(case__closed=False).select_related("case"))


def _hand_cases(*, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]) -> None:
    for case in Case.objects.filter(pk__in=keys, owner=giver).order_by("pk"):
        current = held(case, None)
        pass_on(
            actor=actor, at=at, case=current, to=receiver, unit=current.unit, reason=_reason(giver)
        )


def _hand_tasks(*, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]) -> None:
    rows = Task.objects.filter(pk__in=keys, assignee=giver).select_related("case", "assignee")
    for task in rows.order_by("pk"):
        take(task, seen=None)
        hand_on(actor=actor, at=at, task=task, to=receiver)


def _hand_obstacles(
    *, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]
) -> None:
    rows = Obstacle.objects.filter(pk__in=keys, owner=giver).select_related("case", "owner__unit")
    for row in rows.order_by("pk"):
        take(row, seen=None)
        lead_by(row, receiver, row.due_on, actor=actor, at=at, reason=_reason(giver))


def _cases_of_unit(unit: OrgUnit) -> Iterable[Item]:
    for case in Case.objects.filter(unit=unit, closed=False).order_by("pk"):
        yield Item(case.pk, case.title, _url(case), unit.pk)


def _pass_to_unit(
    *, actor: User, at: datetime, unit: OrgUnit, to: OrgUnit, keys: list[int]
) -> None:
    """Give open cases to another unit; who has them in hand keeps them."""
    reason = say("%(unit)s的事项由%(to)s承接", unit=unit.name, to=to.name)
    for case in Case.objects.filter(pk__in=keys, unit=unit).order_by("pk"):
        current = held(case, None)
        pass_on(actor=actor, at=at, case=current, to=current.owner, unit=to, reason=reason)


def _open_by_unit() -> dict[int, int]:
    rows = Case.objects.filter(closed=False, unit__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def _reason(giver: User) -> str:
    return say("工作交接，原由%(giver)s负责", giver=giver.display_name)


KINDS: tuple[Open, ...] = (
    Open("cases.case", _("办理中的事项"), "cases.act", _open_cases, _hand_cases, 60),
    Open("cases.task", _("未办结的任务"), "cases.view", _open_tasks, _hand_tasks, 61),
    Open("cases.obstacle", _("牵头的堵点"), "cases.view", _open_obstacles, _hand_obstacles, 62),
    # A signature is a person's own word: it is not passed on, but stands on the receiver's list.
    Open("cases.signing", _("待会签的事项"), "cases.view", _open_signings, None, 63),
)

HELD = Holding("cases.open", _("办理中"), _("件"), _open_by_unit, 40)
OF_UNITS = OpenKind("cases.case", _("办理中的事项"), _cases_of_unit, _pass_to_unit, 60)
