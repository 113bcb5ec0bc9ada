"""The operations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Registers the app, its checks and its numbers."""

    name = "shangheng.core.operations"
    label = "operations"

    def ready(self) -> None:
        """Fill the registry, and count logins."""
        from django.contrib.auth.signals import user_logged_in, user_login_failed

        from shangheng.core.operations import doctor, health, metrics, settling
        from shangheng.core.operations import nightly as checks_of_the_night
        from shangheng.core.operations.backup import nightly
        from shangheng.core.operations.findings import label
        from shangheng.core.operations.registry import (
            Check,
            Derived,
            Gauge,
            register_check,
            register_derived,
            register_gauge,
        )
        from shangheng.core.search import services as search
        from shangheng.core.ui import menu

        for code, run in (
            ("database", health.database_answers),
            ("migrations", health.database_is_migrated),
            ("evidence", health.evidence_is_writable),
            ("disk", health.disk_has_room),
            ("workers", health.workers_live),
        ):
            register_check(Check(code, label(code), run, ready=True))
        for code, run in doctor.CHECKS.items():
            register_check(Check(code, label(code), run))
        for code, run in doctor.SLOW.items():
            register_check(Check(code, label(code), run, slow=True))
        register_derived(Derived("search", _("搜索索引"), search.differences, search.rebuild))
        register_gauge(Gauge("backup_age_seconds", "Age of the newest backup", _backup_age))
        register_gauge(Gauge("workers_alive", "Processes that run jobs", _workers))
        register_gauge(Gauge("jobs", "Jobs by state", _jobs, "state"))
        nightly.register()
        checks_of_the_night.register()
        settling.register()
        menu.add("jobs", menu.Item(_("系统状态"), "system", "operations.view"))
        user_logged_in.connect(
            lambda **_: metrics.logins.labels("succeeded").inc(), weak=False, dispatch_uid="in"
        )
        user_login_failed.connect(
            lambda **_: metrics.logins.labels("failed").inc(), weak=False, dispatch_uid="failed"
        )


def _backup_age() -> dict[str, float]:
    from django.utils import timezone

    from shangheng.core.operations.doctor import last_backup

    made = last_backup()
    return {"": (timezone.now() - made).total_seconds()} if made else {}


def _workers() -> dict[str, float]:
    from django.utils import timezone

    from shangheng.core.jobs.alive import workers

    return {"": float(len(workers(timezone.now()).living))}


def _jobs() -> dict[str, float]:
    from django.db.models import Count

    from shangheng.core.jobs.models import Job

    counted = Job.objects.order_by().values_list("state").annotate(Count("pk"))
    return {state: float(count) for state, count in counted}
