"""The ledger app."""

from datetime import time
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shangheng.core.jobs.run import Run


class LedgerConfig(AppConfig):
    """Registers the ledger under its short label, its verification with the audit, its nightly rollup."""

    name = "shangheng.engines.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Have `shangheng audit verify` hold the ledger against its digests; roll up every night."""
        from shangheng.core.audit import checks, wording
        from shangheng.core.dictionaries import declaring
        from shangheng.core.jobs.registry import Handler, Schedule, register, register_schedule
        from shangheng.core.operations.registry import (
            Check,
            Derived,
            Gauge,
            register_check,
            register_derived,
            register_gauge,
            register_sample,
        )
        from shangheng.engines.ledger.health import rollups_keep_up
        from shangheng.engines.ledger.selectors.sample import noted_figures, rollup_differences
        from shangheng.engines.ledger.services import standing
        from shangheng.engines.ledger.services.rollups import rebuild
        from shangheng.engines.ledger.services.verification import verify

        checks.register("ledger", verify)
        wording.register(_indicator_name, "indicator")
        wording.register(_tier_name, "tier")
        declaring.register(
            declaring.Dictionary(
                "rejection_reasons",
                _("拒统原因"),
                _("登记拒统时选择，拒统原因统计按它分组。"),
                "rejection_reasons.yaml",
            )
        )
        register_sample("ledger", noted_figures)
        register_gauge(Gauge("ledger_postings", "Postings of the ledger", _postings))
        register_check(Check("rollups", _("台账汇总"), rollups_keep_up))
        register_derived(Derived("rollups", _("台账汇总"), rollup_differences, rebuild))
        register_derived(Derived("standing", _("认定状态"), standing.differences, standing.rebuild))
        register(Handler("ledger.rollup", _("台账按日汇总"), _roll_up))
        register_schedule(Schedule("ledger.rollup", "ledger.rollup", daily_at=time(0, 20)))


def _indicator_name(code: str) -> str:
    from shangheng.engines.ledger import catalogue

    known = catalogue.indicators().get(code)
    return known.name if known else code


def _tier_name(code: str) -> str:
    from shangheng.engines.ledger import catalogue

    return next((tier[_language()] for tier in catalogue.tiers() if tier["code"] == code), code)


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


def _postings() -> dict[str, float]:
    from shangheng.engines.ledger.models import Posting

    return {"": Posting.objects.count()}


def _roll_up(_run: "Run") -> None:
    """Roll up the days that have passed; a day that was rolled up before stays as it is."""
    from shangheng.engines.ledger.services.rollups import catch_up_to_yesterday

    catch_up_to_yesterday(at=timezone.now())
