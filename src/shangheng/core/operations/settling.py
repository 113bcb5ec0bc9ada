"""The index of the search, put into one piece every night."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from shangheng.core.jobs import registry
from shangheng.core.jobs.registry import Handler, Schedule
from shangheng.core.jobs.run import Run
from shangheng.core.search.settling import settle

KIND = "search.settle"


def register() -> None:
    """Tell the registry of jobs."""
    registry.register(Handler(KIND, _("整理搜索索引"), _settle))
    registry.register_schedule(Schedule(KIND, KIND, daily_at=time(2, 40)))


def _settle(_run: Run) -> None:
    settle()
