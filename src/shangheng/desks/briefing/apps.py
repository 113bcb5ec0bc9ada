"""The briefing desk (材料)."""

from django.apps import AppConfig


class BriefingConfig(AppConfig):
    """Registers the desk under its short label."""

    name = "shangheng.desks.briefing"
    label = "briefing"
