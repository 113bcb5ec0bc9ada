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
        from shangheng.desks.briefing.api import register_api
        from shangheng.desks.briefing.models import ClaimsAudit, Report
        from shangheng.desks.briefing.selectors import search
        from shangheng.desks.briefing.selectors.reports import waiting_for

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
        register_api()
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
