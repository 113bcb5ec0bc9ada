"""Notices and jobs: messages are sent by a job every minute, and people are told how their jobs end."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.jobs import registry
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.run import Run
from shangheng.core.notices.delivery import deliver_due
from shangheng.core.notices.services import notify

KIND = "notices.deliver"
ENDS = {State.DONE: "job.finished", State.FAILED: "job.failed"}


def register() -> None:
    """Send what is due every minute; hear of every job that ends.

    What was sent stands with each message: a round that went well is soon forgotten.
    """
    label = gettext_lazy("发送邮件和推送")
    registry.register(registry.Handler(kind=KIND, label=label, run=_deliver))
    every = timedelta(minutes=1)
    kept = timedelta(minutes=10)
    registry.register_schedule(registry.Schedule(KIND, KIND, every=every, label=label, kept=kept))
    registry.when_finished(tell_end)


def tell_end(job: Job) -> None:
    """Tell the person who ordered a job that it is done or has failed; nobody of the others."""
    kind = ENDS.get(State(job.state))
    if kind is None or job.actor is None:
        return
    done = job.state == State.DONE
    handler = registry.known(job.kind)
    if done and handler and handler.notice:
        kind = handler.notice
    notify(
        to=[job.actor],
        kind=kind,
        subject=lambda: (_("“%s”已完成") if done else _("“%s”没有做成")) % job.title,
        url=job.result_url or reverse("job", args=[job.pk]),
        at=job.finished_at or timezone.now(),
        actor=job.actor,
        key=f"job:{job.pk}:{job.attempt}:{job.state}",
        source=f"jobs.job:{job.pk}",
    )


def _deliver(run: Run) -> None:
    deliver_due(at=timezone.now(), go_on=run.check)
