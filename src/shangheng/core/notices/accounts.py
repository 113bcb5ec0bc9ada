"""What happens to an account is told to the person whose account it is."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import roles
from shangheng.core.audit.models import Row
from shangheng.core.notices.services import Text, notify

ACTS: Mapping[str, str] = {
    "accounts.password.reset": "account.password_reset",
    "accounts.grant": "account.rights_changed",
    "accounts.revoke": "account.rights_changed",
}
"""The acts of which a person is told, and as what."""


def tell(row: Row) -> None:
    """Tell the person whom an act on an account concerns.

    Rights given from the command line set the platform up; nobody is told of those.
    """
    if row.actor_id is None and row.act != "accounts.password.reset":
        return
    person = User.objects.filter(pk=int(row.target.partition(":")[2])).first()
    if person is None or person.pk == row.actor_id:
        return
    subject, body = _words(row)
    notify(
        to=[person],
        kind=ACTS[row.act],
        subject=subject,
        body=body,
        url=reverse("password") if row.act == "accounts.password.reset" else "",
        at=row.at,
        actor=User.objects.filter(pk=row.actor_id or 0).first(),
        key=f"audit:{row.number}",
        source=row.target,
    )


def _words(row: Row) -> tuple[Text, Text]:
    if row.act == "accounts.password.reset":
        return (
            lambda: _("您的密码已由系统管理员重置"),
            lambda: _("登录后须改成自己的密码。如果您没有要求过，请马上联系系统管理员。"),
        )
    held = row.after if row.act == "accounts.grant" else row.before
    code = str(held["role"]) if isinstance(held, dict) else ""
    if row.act == "accounts.grant":
        return lambda: _("您被授予“%s”角色") % _role(code), ""
    return lambda: _("您的“%s”角色被收回") % _role(code), ""


def _role(code: str) -> str:
    known = roles().get(code)
    return known.name if known else code
