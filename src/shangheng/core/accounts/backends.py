"""Who somebody is: login name and password against `User`."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from shangheng.core.accounts.models import Grant, User


class PeopleBackend(BaseBackend):
    """Knows active people by login name and password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        **credentials: Any,
    ) -> User | None:
        """The person of `username` and `password`, or None; takes as long for an unknown name."""
        username, password = credentials.get("username"), credentials.get("password")
        if username is None or password is None:
            return None
        user = User.objects.filter(username=User.normal_username(username)).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, with their grants; None ends that of somebody deactivated."""
        held = Grant.objects.held_by(user_id)
        if not held:
            return User.objects.select_related("unit").filter(pk=user_id, is_active=True).first()
        user = held[0].user
        user.grants_held = held
        return user if user.is_active else None
