"""The jobs app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Registers the pages of the jobs and what the app itself does every night."""

    name = "shangheng.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """List the pages in the frame; register the clearing up."""
        from shangheng.core.accounts import explain, handover
        from shangheng.core.audit.marks import SIGNED_IN
        from shangheng.core.jobs import housekeeping, list_exports, listings
        from shangheng.core.jobs.access import place_of_job
        from shangheng.core.jobs.handing import OPEN_JOBS
        from shangheng.core.lists import registry
        from shangheng.core.ui.menu import Desk, Item, register

        register(
            Desk(
                code="jobs",
                label=_("任务"),
                icon="list-check",
                order=800,
                phone=False,
                items=(
                    Item(_("后台任务"), "jobs", SIGNED_IN),
                    Item(_("定时任务"), "job-schedules", "jobs.manage"),
                ),
            )
        )
        explain.register(
            explain.Kind(
                "jobs.job",
                _("后台任务"),
                "job",
                frozenset({"job", "job-cancel", "job-retry", "job-file"}),
                place_of_job,
                manages="jobs.manage",
            )
        )
        housekeeping.register()
        handover.register(OPEN_JOBS)
        list_exports.register()
        registry.register(listings.MINE, listings.ALL)
