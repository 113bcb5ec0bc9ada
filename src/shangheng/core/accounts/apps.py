"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.accounts"
    label = "accounts"
