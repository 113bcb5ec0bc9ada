"""The backup of every night, as a job."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.jobs import registry
from shangheng.core.jobs.registry import Handler, Schedule
from shangheng.core.jobs.run import Run
from shangheng.core.operations.backup import services, shelf

KIND = "operations.backup"


def register() -> None:
    """Tell the registry of jobs."""
    registry.register(Handler(KIND, _("备份数据库和凭证"), make))
    if settings.BACKUP_AT is not None:
        registry.register_schedule(Schedule(KIND, KIND, daily_at=settings.BACKUP_AT))


def make(_run: Run) -> None:
    """Make a backup, then remove those that need not be kept any more; run again, it makes another."""
    at = timezone.now()
    services.back_up(target=shelf.place_for(at), at=at)
    shelf.prune()
