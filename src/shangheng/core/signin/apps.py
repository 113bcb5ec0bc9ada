"""The signin app."""

from django.apps import AppConfig
from django.http import HttpRequest


class SigninConfig(AppConfig):
    """Registers the app under its short label."""

    name = "shangheng.core.signin"
    label = "signin"

    def ready(self) -> None:
        """Send those to enrol first whose role makes a second factor compulsory."""
        from shangheng.core.accounts.middleware import Duty, add_duty
        from shangheng.core.accounts.models import User
        from shangheng.core.signin.selectors import is_missing

        def must_enrol(_request: HttpRequest, user: User) -> bool:
            return is_missing(user)

        add_duty(Duty("factor-enrol", must_enrol))
