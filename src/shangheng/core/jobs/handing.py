"""Jobs that are open with somebody who leaves pass to somebody else, or are cancelled (离岗交接)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.handover import Item, Open
from shangheng.core.accounts.models import User
from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.jobs.models import OPEN, Job, State
from shangheng.core.jobs.registry import handlers, known
from shangheng.core.jobs.selectors import HEAVY
from shangheng.core.jobs.services import cancel, pass_on


def _open(user: User) -> Iterable[Item]:
    """What waits or runs, and what is done and still waits for the person."""
    for job in [*_running(user), *_lingering(user)]:
        state = job.get_state_display() if job.is_open else _("没有确认")
        label = _("%(job)s（%(state)s）") % {"job": job.title, "state": state}
        handler = known(job.kind)
        needed = handler.permission if handler else ""
        yield Item(job.pk, label, reverse("job", args=[job.pk]), permission=needed)


def _running(user: User) -> Iterable[Job]:
    return Job.objects.filter(actor=user, state__in=OPEN).defer(*HEAVY).order_by("pk")


def _lingering(user: User) -> Iterator[Job]:
    kinds = {kind: one.lingering for kind, one in handlers().items() if one.lingering}
    for job in Job.objects.filter(actor=user, state=State.DONE, kind__in=kinds).order_by("pk"):
        if kinds[job.kind].is_open(job):
            yield job


def _hand_over(*, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]) -> None:
    """Give the jobs to another. Raises ValidationError for one that they may not do."""
    for job in Job.objects.filter(pk__in=keys, actor=giver).order_by("pk"):
        pass_on(actor=actor, at=at, job=job, receiver=receiver)


def _end(*, actor: User, at: datetime, giver: User, keys: list[int]) -> None:
    """Cancel what is open; forget what lingers."""
    for job in Job.objects.filter(pk__in=keys, actor=giver).order_by("pk"):
        handler = known(job.kind)
        if job.is_open:
            cancel(actor=actor, at=at, job=job)
        elif handler and handler.lingering:
            handler.lingering.drop(job)


OPEN_JOBS = Open(
    code="jobs.open",
    label=gettext_lazy("没做完的后台任务、没确认的导入预览"),
    permission=SIGNED_IN,
    find=_open,
    hand_over=_hand_over,
    close=_end,
    scoped=False,
    order=80,
    closing=gettext_lazy("不交接，取消任务、放弃预览"),
    closed=gettext_lazy("取消，没有交接"),
)
