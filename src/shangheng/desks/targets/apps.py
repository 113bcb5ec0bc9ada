"""The targets desk (绩效目标)."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Registers the desk under its short label."""

    name = "shangheng.desks.targets"
    label = "targets"
