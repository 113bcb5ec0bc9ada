"""The registry app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the app under its short label, and what of its own follows a merge."""

    name = "shangheng.engines.registry"
    label = "registry"

    def ready(self) -> None:
        """Declare how each relation of this app behaves when two organisations become one."""
        from shangheng.engines.registry import own_relations

        own_relations.declare()
