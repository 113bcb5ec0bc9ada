"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.audit"
    label = "audit"
