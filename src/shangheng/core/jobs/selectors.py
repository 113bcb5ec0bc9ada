"""Where the schedules stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from shangheng.core.jobs.models import Job
from shangheng.core.jobs.registry import Schedule, known, schedules

HEAVY = ("traceback", "arguments")


@dataclass(frozen=True)
class Line:
    """A schedule, when it runs next, and its last job."""

    schedule: Schedule
    following: datetime
    last: Job | None

    @property
    def label(self) -> str:
        """What it does."""
        handler = known(self.schedule.kind)
        return str(self.schedule.label or (handler.label if handler else self.schedule.kind))


def schedule_lines(*, at: datetime) -> list[Line]:
    """Every schedule (two queries however many)."""
    scheduled = Job.objects.exclude(schedule="").order_by()
    keys = dict(
        scheduled.values("schedule").annotate(last=Max("pk")).values_list("schedule", "last")
    )
    jobs = Job.objects.defer(*HEAVY).in_bulk(keys.values())
    return [Line(one, one.following(at), jobs.get(keys.get(one.code, 0))) for one in schedules()]
