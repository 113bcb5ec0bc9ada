"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.search"
    label = "search"
