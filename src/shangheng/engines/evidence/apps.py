"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.engines.evidence"
    label = "evidence"
