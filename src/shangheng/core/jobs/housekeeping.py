"""What the jobs themselves do every night: old jobs with their files, and sessions that are over, go."""

from datetime import datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.jobs import registry
from shangheng.core.jobs.models import Job
from shangheng.core.jobs.registry import Handler, Schedule
from shangheng.core.jobs.run import Run

BATCH = 500


def prune(*, at: datetime, run: Run | None = None) -> int:
    """Remove jobs, with their files, that ended longer ago than they are kept; how many."""
    before = at - timedelta(days=settings.JOBS_KEEP_DAYS)
    old = Job.objects.filter(finished_at__lt=before)
    total, gone = old.count(), 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        Job.objects.filter(pk__in=keys).delete()
        gone += len(keys)
        if run:
            run.progress(gone, max(gone, total))
    return gone


def register() -> None:
    """Tell the registry."""
    registry.register(Handler("jobs.prune", _("清理旧任务和过期会话"), _clear_up))
    registry.register_schedule(Schedule("jobs.prune", "jobs.prune", daily_at=time(3, 30)))


def _clear_up(run: Run) -> None:
    prune(at=timezone.now(), run=run)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
