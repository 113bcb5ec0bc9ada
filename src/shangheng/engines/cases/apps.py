"""The case engine."""

from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shangheng.core.jobs.run import Run


class CasesConfig(AppConfig):
    """Registers the engine under its short label, with what it does every night."""

    name = "shangheng.engines.cases"
    label = "cases"

    def ready(self) -> None:
        """Verify cases with the audit, look at deadlines every morning, hand over what is open."""
        from shangheng.core.accounts import handover
        from shangheng.core.accounts.tree import holdings
        from shangheng.core.audit import checks
        from shangheng.core.jobs.registry import Handler, Schedule, register, register_schedule
        from shangheng.engines.cases.services import handing
        from shangheng.engines.cases.verification import verify

        checks.register("cases", verify)
        label = _("检查办理期限")
        register(Handler("cases.deadlines", label, _look_at_deadlines))
        register_schedule(
            Schedule("cases.deadlines", "cases.deadlines", daily_at=time(7, 30), label=label)
        )
        for kind in handing.KINDS:
            handover.register(kind)
        holdings.register(handing.HELD)
        holdings.register_open(handing.OF_UNITS)


def _look_at_deadlines(run: "Run") -> None:
    from shangheng.engines.cases.services.deadlines import look_at_deadlines

    look_at_deadlines(at=timezone.now(), go_on=run.check)
