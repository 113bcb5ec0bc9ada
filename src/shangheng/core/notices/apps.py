"""The notices app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.notices"
    label = "notices"

    def ready(self) -> None:
        """Hang the bell into the frame, and listen to what the audit records of accounts."""
        from shangheng.core.accounts import explain
        from shangheng.core.audit.services import listen
        from shangheng.core.lists import registry
        from shangheng.core.notices import accounts
        from shangheng.core.notices import jobs as sending
        from shangheng.core.notices.access import place_of_notice
        from shangheng.core.notices.listings.deliveries import DELIVERIES
        from shangheng.core.notices.listings.inbox import INBOX
        from shangheng.core.notices.selectors import unread
        from shangheng.core.ui import badges, menu
        from shangheng.core.ui.waiting import rows_of

        explain.register(
            explain.Kind(
                "notices.notice", _("消息"), "notice", frozenset({"notice"}), place_of_notice
            )
        )
        sending.register()
        registry.register(INBOX, DELIVERIES)
        menu.register(
            menu.Desk(
                code="notices",
                label=_("消息"),
                icon="bell",
                order=850,
                phone=False,
                items=(
                    menu.Item(_("推送渠道"), "outlets", "notices.manage"),
                    menu.Item(_("投递情况"), "deliveries", "notices.manage"),
                ),
            )
        )
        badges.register(
            badges.Badge("notices", _("消息"), "bell", lambda one: rows_of(unread(one)))
        )
        for act in accounts.ACTS:
            listen(act, accounts.tell)
