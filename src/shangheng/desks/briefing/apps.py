"""The briefing desk (材料)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingConfig(AppConfig):
    """Registers the desk with the frame."""

    name = "shangheng.desks.briefing"
    label = "briefing"

    def ready(self) -> None:
        """Put the desk into the menu, with what waits for a person there, and into the search."""
        from shangheng.core.search.declaring import Source
        from shangheng.core.search.declaring import register as register_sources
        from shangheng.core.ui.menu import Desk, Item, register
        from shangheng.desks.briefing.api_claims import register_claims
        from shangheng.desks.briefing.api_reports import register_reports
        from shangheng.desks.briefing.models import ClaimsAudit, Report
        from shangheng.desks.briefing.selectors import search
        from shangheng.desks.briefing.selectors.reports import waiting_for
        from shangheng.desks.briefing.services import watching

        watching.register()
        register_reports()
        register(
            Desk(
                code="briefing",
                label=_("材料"),
                icon="file-text",
                order=20,
                items=(
                    Item(_("材料"), "reports", "briefing.view", waiting=waiting_for),
                    Item(_("数字审核"), "claims", "briefing.view"),
                    Item(_("写法说明"), "report-markup", "briefing.write"),
                ),
            )
        )
        register_claims()
        register_sources(
            Source(
                "reports",
                _("材料"),
                "briefing.view",
                Report,
                search.reports,
                search.report_document,
                order=50,
            ),
            Source(
                "claims",
                _("数字审核"),
                "briefing.view",
                ClaimsAudit,
                search.audits,
                search.audit_document,
                order=60,
            ),
        )
        self._register_lists()
        self._tell_the_administration()

    def _register_lists(self) -> None:
        """The lists of the desk."""
        from shangheng.core.lists.registry import register
        from shangheng.desks.briefing.listings.claims import CLAIMS
        from shangheng.desks.briefing.listings.reports import REPORTS

        register(REPORTS, CLAIMS)

    def _tell_the_administration(self) -> None:
        """Where records belong, for “why”, and what is open with somebody who leaves."""
        from shangheng.core.accounts import explain, handover
        from shangheng.desks.briefing.selectors import administration
        from shangheng.desks.briefing.services.handing import hand_over_reports
        from shangheng.desks.briefing.urls import urlpatterns

        names = {route.name or "" for route in urlpatterns if "<int:pk>" in str(route.pattern)}
        claims = {name for name in names if name.startswith("claims-")}
        explain.register(
            explain.Kind(
                "briefing.report",
                _("材料"),
                "report",
                frozenset(names - claims),
                administration.place_of_report,
            )
        )
        explain.register(
            explain.Kind(
                "briefing.claimsaudit",
                _("数字审核"),
                "claims-audit",
                frozenset(claims),
                administration.place_of_audit,
            )
        )
        handover.register(
            handover.Open(
                "briefing.unfinished",
                _("未印发的材料"),
                "briefing.write",
                administration.unfinished_reports,
                hand_over_reports,
                order=40,
            )
        )
        handover.register(
            handover.Open(
                "briefing.issued",
                _("已印发、由其负责的材料"),
                "briefing.view",
                administration.issued_reports,
                hand_over_reports,
                order=50,
            )
        )

        self._tell_what_units_keep()

    def _tell_what_units_keep(self) -> None:
        """What is kept by unit, and what passes on when one is closed."""
        from shangheng.core.accounts.tree import holdings
        from shangheng.desks.briefing.selectors import administration
        from shangheng.desks.briefing.services.handing import pass_reports_to_unit

        holdings.register(
            holdings.Holding(
                "briefing.reports", _("材料"), _("份"), administration.reports_by_unit, 50
            )
        )
        holdings.register_open(
            holdings.OpenKind(
                "briefing.unfinished",
                _("未印发的材料"),
                administration.unfinished_of_unit,
                pass_reports_to_unit,
                40,
            )
        )
