"""The ui app."""

from django.apps import AppConfig
from django.utils.translation import gettext

from shangheng.methods.wording import speak_with


class UiConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.ui"
    label = "ui"

    def ready(self) -> None:
        """Let code that knows no Django speak the language of the request."""
        speak_with(gettext)
