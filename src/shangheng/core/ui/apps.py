"""The ui app."""

from django.apps import AppConfig
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.marks import SIGNED_IN
from shangheng.methods.wording import speak_with


class UiConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.ui"
    label = "ui"

    def ready(self) -> None:
        """Give pure code the reader's language, list the pages of core, let the search find pages."""
        from shangheng.core.database.changes import follow
        from shangheng.core.search.services import index  # its models are loaded only now
        from shangheng.core.ui import menu

        speak_with(gettext, get_language)
        menu.register(
            menu.Desk(
                code="office",
                label=_("管理"),
                icon="shield-check",
                order=900,
                phone=False,
                items=(
                    menu.Item(_("人员"), "people", "accounts.view"),
                    menu.Item(_("责任单位"), "units", "accounts.view"),
                    menu.Item(_("权限表"), "rights", "accounts.view"),
                    menu.Item(_("操作日志"), "audit", "audit.view"),
                    menu.Item(_("登录日志"), "logins", "audit.view"),
                ),
            )
        )
        follow(index)
        _register_search()


def _register_search() -> None:
    """What the search finds of the pages of core."""
    from shangheng.core.accounts.models import OrgUnit, User
    from shangheng.core.search.declaring import Short, Source, register
    from shangheng.core.ui import menu, office

    register(
        Source(
            "people",
            _("人员"),
            "accounts.view",
            User,
            office.people,
            office.person_document,
            scoped=False,
            order=70,
        ),
        Source(
            "units",
            _("责任单位"),
            "accounts.view",
            OrgUnit,
            office.units,
            office.unit_document,
            scoped=False,
            order=80,
        ),
        Short("pages", _("页面"), SIGNED_IN, menu.pages, order=0),
    )
