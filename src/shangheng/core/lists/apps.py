"""The lists app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.lists"
    label = "lists"
