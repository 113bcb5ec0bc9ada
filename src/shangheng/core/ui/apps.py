"""The ui app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.ui"
    label = "ui"
