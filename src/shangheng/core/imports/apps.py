"""The imports app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.imports"
    label = "imports"

    def ready(self) -> None:
        """Tell the jobs how large files are taken in."""
        from shangheng.core.imports.services import background

        background.register()
