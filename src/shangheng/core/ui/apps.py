"""The ui app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.marks import SIGNED_IN
from shangheng.methods.wording import speak_with


class UiConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.ui"
    label = "ui"

    def ready(self) -> None:
        """Let code without Django speak the reader's language; offer the menu's pages to the search."""
        from shangheng.core.ui import menu, search  # the models it needs are loaded only now

        speak_with(gettext)
        search.register(search.Source("pages", _("页面"), SIGNED_IN, menu.find_pages, order=0))
