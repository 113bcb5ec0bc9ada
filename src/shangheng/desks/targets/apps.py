"""The targets desk (绩效目标)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    """Registers the desk with the frame."""

    name = "shangheng.desks.targets"
    label = "targets"

    def ready(self) -> None:
        """Tell the frame of the desk's pages, of what can be searched, of the period to open on."""
        from shangheng.core.lists.registry import register as register_lists
        from shangheng.core.ui.menu import Desk, Item, register
        from shangheng.core.ui.moment import default_period_from
        from shangheng.desks.targets.listings.documents import DOCUMENTS
        from shangheng.desks.targets.listings.postings import POSTINGS
        from shangheng.desks.targets.listings.queue import queue_listing
        from shangheng.desks.targets.listings.sheets import SHEETS
        from shangheng.desks.targets.selectors.periods import latest_year
        from shangheng.desks.targets.selectors.queue import waiting
        from shangheng.desks.targets.selectors.sheet_list import drafts_to_sign

        _register_elsewhere()
        register(
            Desk(
                code="targets",
                label=_("绩效目标"),
                icon="target",
                order=10,
                items=(
                    Item(_("驾驶舱"), "cockpit", "targets.view"),
                    Item(_("入账记录"), "postings", "targets.view"),
                    Item(_("填报"), "posting-new", "targets.post"),
                    Item(_("Excel 导入"), "posting-import", "targets.import"),
                    Item(_("认定"), "recognition", "targets.view", waiting),
                    Item(_("凭证"), "documents", "evidence.view"),
                    Item(_("目标表"), "sheets", "targets.view", drafts_to_sign),
                ),
            )
        )
        register_lists(POSTINGS, queue_listing(""), DOCUMENTS, SHEETS)
        default_period_from(latest_year)
        _register_search()
        _tell_the_administration()
        _tell_what_units_keep()


def _register_elsewhere() -> None:
    """What the API answers, and what can be imported from Excel."""
    from shangheng.core.imports.registry import register
    from shangheng.desks.targets.api.registration import register_api
    from shangheng.desks.targets.services import import_postings, import_targets, watching

    register_api()
    register(import_postings.TABLE)
    register(import_targets.TABLE)
    watching.register()


def _register_search() -> None:
    """What the search finds of this desk."""
    from shangheng.core.search.declaring import Short, Source
    from shangheng.core.search.declaring import register as register_sources
    from shangheng.desks.targets.selectors import search
    from shangheng.engines.evidence.models import Document
    from shangheng.engines.ledger.models import Posting, TargetSheet

    register_sources(
        Short("indicators", _("指标"), "targets.view", search.indicators, 10),
        Source(
            "postings",
            _("入账记录"),
            "targets.view",
            Posting,
            search.postings,
            search.posting_document,
            order=20,
        ),
        Source(
            "documents",
            _("凭证"),
            "evidence.view",
            Document,
            search.vouchers,
            search.voucher_document,
            order=30,
        ),
        Source(
            "sheets",
            _("目标表"),
            "targets.view",
            TargetSheet,
            search.sheets,
            search.sheet_document,
            scoped=False,
            order=40,
        ),
    )


def _tell_the_administration() -> None:
    """Where records belong, for “why”, and what is open with somebody who leaves."""
    from shangheng.core.accounts import explain, handover
    from shangheng.desks.targets.selectors import administration

    explain.register(
        explain.Kind(
            "ledger.posting",
            _("入账记录"),
            "posting",
            frozenset(
                {"posting", "posting-attach", "posting-reverse", "posting-submit"}
                | {"posting-withdraw", "posting-decide", "posting-resubmit", "posting-revoke"}
            ),
            administration.place_of_posting,
        )
    )
    explain.register(
        explain.Kind(
            "evidence.document",
            _("凭证"),
            "document",
            frozenset({"document", "document-download", "document-preview"}),
            administration.place_of_document,
        )
    )
    handover.register(
        handover.Open(
            "targets.submissions",
            _("已提交、等答复的认定"),
            "targets.submit",
            administration.submissions_of,
            order=20,
        )
    )
    handover.register(
        handover.Open(
            "targets.sheets",
            _("未签定的目标表"),
            "targets.propose",
            administration.drafts_of,
            order=30,
        )
    )


def _tell_what_units_keep() -> None:
    """What is kept by unit, and what would be left lying when one is closed."""
    from shangheng.core.accounts.tree.holdings import Holding, OpenKind, register, register_open
    from shangheng.desks.targets.selectors import administration as kept

    register(
        Holding("ledger.postings", _("入账"), _("笔"), kept.postings_by_unit, 10),
        Holding("ledger.targets", _("目标"), _("项"), kept.targets_by_unit, 20),
        Holding("evidence.documents", _("凭证"), _("件"), kept.documents_by_unit, 30),
    )
    register_open(
        OpenKind(
            "targets.submissions", _("已提交、等答复的认定"), kept.submissions_of_unit, order=20
        ),
        OpenKind("targets.sheets", _("未签定的目标表"), kept.drafts_of_unit, order=30),
    )
