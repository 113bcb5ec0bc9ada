"""The lists app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.lists"
    label = "lists"

    def ready(self) -> None:
        """Have shared views handed over when their owner leaves."""
        from shangheng.core.accounts import handover
        from shangheng.core.lists.handing import SHARED_VIEWS

        handover.register(SHARED_VIEWS)
