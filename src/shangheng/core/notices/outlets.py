"""Group robots and webhooks: registering, changing, trying and stopping them."""

import base64
import secrets as random
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.edits import take
from shangheng.core.notices import robots, secrets
from shangheng.core.notices.kinds import group_kinds
from shangheng.core.notices.models import Outlet, Service

MASK = 6
HOSTS: dict[str, str] = {
    Service.WECOM: "qyapi.weixin.qq.com",
    Service.DINGTALK: "oapi.dingtalk.com",
}


@transaction.atomic
def create_outlet(
    *, actor: User, at: datetime, address: str, secret: str = "", **values: Any
) -> tuple[Outlet, str]:
    """Register an outlet. A webhook's secret is made here and given back to be shown once."""
    _must_be_address(address)
    made = ""
    if values["service"] == Service.WEBHOOK:
        secret = made = "whsec_" + base64.b64encode(random.token_bytes(32)).decode()
    outlet = Outlet(created_at=at, address=secrets.seal(address), **values)
    outlet.secret = secrets.seal(secret) if secret else ""
    outlet.full_clean()
    outlet.save()
    _record(actor, at, "notices.outlet.create", outlet, None, details(outlet))
    return outlet, made


@transaction.atomic
def change_outlet(
    *,
    actor: User,
    at: datetime,
    outlet: Outlet,
    seen: int | None,
    address: str = "",
    secret: str = "",
    **values: Any,
) -> Outlet:
    """Change an outlet; an empty address or secret leaves the one that is kept. Raises StaleEdit."""
    take(outlet, seen=seen)
    before = details(Outlet.objects.get(pk=outlet.pk))
    if address:
        _must_be_address(address)
        outlet.address = secrets.seal(address)
    if secret and outlet.service != Service.WEBHOOK:
        outlet.secret = secrets.seal(secret)
    for name, value in values.items():
        setattr(outlet, name, value)
    if outlet.is_active:
        outlet.failing_since, outlet.stopped_because = None, ""
    outlet.full_clean()
    outlet.save()
    after = details(outlet) | ({"address": _("已更换")} if address else {})
    _record(actor, at, "notices.outlet.change", outlet, before, after)
    return outlet


@transaction.atomic
def new_secret(*, actor: User, at: datetime, outlet: Outlet) -> str:
    """Give a webhook another secret, shown once; the old one signs nothing from now on."""
    take(outlet, seen=None)
    made = "whsec_" + base64.b64encode(random.token_bytes(32)).decode()
    outlet.secret = secrets.seal(made)
    outlet.save(update_fields=["secret"])
    _record(actor, at, "notices.outlet.secret", outlet, None, None)
    return made


@transaction.atomic
def remove_outlet(*, actor: User, at: datetime, outlet: Outlet) -> None:
    """Remove an outlet that nothing was sent to. Raises ValidationError for any other: it is kept for the log."""
    take(outlet, seen=None)
    if outlet.deliveries.exists():
        raise ValidationError(_("这个渠道已经发过消息，只能停用，不能删除。"))
    _record(actor, at, "notices.outlet.remove", outlet, details(outlet), None)
    outlet.delete()


def doubts(outlet: Outlet) -> list[str]:
    """What looks wrong with an outlet and may be meant: a proxy of the intranet, a robot without secret."""
    found = []
    try:
        host = urlsplit(secrets.unseal(outlet.address)).hostname or ""
    except secrets.Unreadable:
        return [masked(outlet)]
    usual = HOSTS.get(outlet.service)
    if usual and host != usual:
        told = _(
            "地址的主机是%(host)s，%(service)s的机器人通常在%(usual)s；不是经内网代理的，请核对。"
        )
        words = {"host": host, "service": outlet.get_service_display(), "usual": usual}
        found.append(told % words)
    if outlet.service == Service.DINGTALK and not outlet.secret:
        found.append(_("没有填加签密钥：钉钉机器人用“加签”的，消息会被拒收。"))
    return found


def try_outlet(*, actor: User, at: datetime, outlet: Outlet) -> None:
    """Send a message that says that it is a test. Raises Failed, Unreadable."""
    with translation.override(outlet.language):
        message = robots.Message(
            uid=f"test-{random.token_hex(8)}",
            kind="test",
            kind_name=_("测试"),
            subject=_("商衡测试消息"),
            body=_("收到这一条，说明推送渠道“%s”已经接通。") % outlet.name,
            url="",
            source=f"notices.outlet:{outlet.pk}",
            at=at,
        )
        secret = secrets.unseal(outlet.secret) if outlet.secret else ""
        robots.send(outlet.service, secrets.unseal(outlet.address), secret, message, at)
    with transaction.atomic():
        _record(actor, at, "notices.outlet.try", outlet, None, None)


def details(outlet: Outlet) -> dict[str, object]:
    """An outlet as the audit keeps it: without address and secret."""
    return {
        "name": outlet.name,
        "service": str(outlet.service),
        "kinds": list(outlet.kinds),
        "language": outlet.language,
        "is_active": outlet.is_active,
    }


def masked(outlet: Outlet) -> str:
    """The host of an outlet's address and the end of the rest, enough to know it again."""
    try:
        address = secrets.unseal(outlet.address)
    except secrets.Unreadable:
        return _("看不懂：密钥换过，请重新填写")
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/…{address[-MASK:]}"


def target_of(outlet: Outlet) -> str:
    """How the audit names an outlet."""
    return f"notices.outlet:{outlet.pk}"


def kind_choices() -> list[tuple[str, str]]:
    """The kinds that may be pushed, for a form."""
    return [(kind.code, kind.name) for kind in group_kinds()]


def _must_be_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValidationError({"address": _("地址须以 http:// 或 https:// 开头，并写明主机。")})


def _record(
    actor: User,
    at: datetime,
    act: str,
    outlet: Outlet,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    record(
        actor=actor,
        act=act,
        at=at,
        target=target_of(outlet),
        label=outlet.name,
        before=before,
        after=after,
    )
