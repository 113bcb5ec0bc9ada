"""People for the tests of every app."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from shangheng.core.accounts import services, units
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.rules import ScopeKind

AT = datetime(2021, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "Wei-ming-2021"

_numbers = count(1)


def person(
    role: str = "",
    *,
    unit: OrgUnit | None = None,
    scope: ScopeKind | str | None = None,
    chosen: Iterable[OrgUnit] = (),
    username: str = "",
    display_name: str = "",
) -> User:
    """Somebody with `role` (nobody special without one), whose password is PASSWORD.

    The password counts as freshly changed today, so that no page asks for a new one.
    """
    username = username or f"{role or 'somebody'}{next(_numbers)}".replace("_", "-")
    user = services.create_user(
        actor=None,
        at=AT,
        username=username,
        display_name=display_name or f"{username}先生",
        password=PASSWORD,
        unit=unit,
        must_change_password=False,
    )
    User.objects.filter(pk=user.pk).update(password_changed_at=datetime.now(AT.tzinfo))
    user.refresh_from_db()
    if role:
        services.grant(actor=None, at=AT, user=user, role=role, scope=scope, units=chosen)
    return user


def org_unit(code: str, parent: OrgUnit | None = None, name: str = "") -> OrgUnit:
    """A unit of that code below `parent`."""
    return units.create_unit(actor=None, at=AT, code=code, name=name or f"{code}办", parent=parent)
