"""The imports app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.imports"
    label = "imports"

    def ready(self) -> None:
        """Register the tables of the core; tell the jobs how large files are taken in, and what passes on."""
        from shangheng.core.accounts import handover
        from shangheng.core.imports.pending import PENDING
        from shangheng.core.imports.registry import register
        from shangheng.core.imports.services import background, looking
        from shangheng.core.imports.tables import people, units

        background.register()
        looking.register()
        handover.register(PENDING)
        register(people.TABLE)
        register(units.TABLE)
