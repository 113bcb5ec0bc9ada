"""The dictionaries app (字典)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DictionariesConfig(AppConfig):
    """Registers the pages and the Excel table."""

    name = "shangheng.core.dictionaries"
    label = "dictionaries"

    def ready(self) -> None:
        """List the page beside those of the administration; let the table be imported."""
        from shangheng.core.dictionaries.importing import TABLE
        from shangheng.core.imports.registry import register
        from shangheng.core.ui import menu

        menu.add("office", menu.Item(_("字典"), "dictionaries", "dictionaries.view"))
        register(TABLE)
