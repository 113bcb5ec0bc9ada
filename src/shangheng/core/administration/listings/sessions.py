"""Who is logged in now, from where, since when; what is not right can be ended."""

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import Presence
from shangheng.core.accounts.sessions import end_session
from shangheng.core.administration.listings.narrowing import people_of, units
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import holding


def _alive(_asked: Asked) -> QuerySet[Presence]:
    good = Session.objects.filter(session_key=OuterRef("session_key"))
    return Presence.objects.filter(Exists(good.filter(expire_date__gt=timezone.now())))


def _end(bulk: Bulk[Presence]) -> str:
    for presence in bulk.rows:
        end_session(actor=bulk.actor, at=bulk.at, presence=presence)
    return say("已结束%d处登录。") % len(bulk.rows)


SESSIONS: Listing[Presence, Presence] = Listing(
    code="administration.sessions",
    title=_("在线登录"),
    about=_("现在谁登录着、从哪里、用什么设备。结束之后，那一处的下一次点击要重新登录。"),
    counted=_("处登录"),
    url="all-sessions",
    permission="accounts.manage",
    rows=_alive,
    fetch=lambda rows: rows.select_related("user__unit"),
    columns=(
        Column(
            "person",
            _("人员"),
            lambda row: row.user.display_name,
            cell="administration/session_person.html",
            sort=("user__display_name",),
            also=(
                Column("username", _("登录名"), lambda row: row.user.username),
                Column("unit", _("单位"), lambda row: row.user.unit.label if row.user.unit else ""),
            ),
        ),
        Column("device", _("设备"), lambda row: row.device_words),
        Column("address", _("来源地址"), lambda row: row.address, sort=("address",)),
        Column("seen", _("最近使用"), lambda row: row.seen_at, sort=("seen_at",)),
        Column("started", _("登录时间"), lambda row: row.started_at, sort=("started_at",)),
    ),
    sort="-seen",
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("user__display_name", "user__username", "address"),
            kind="search",
            hint=_("姓名、登录名或地址"),
        ),
        Filter(
            "unit",
            _("单位"),
            lambda rows, value, _asked: rows.filter(user__in=people_of(value)),
            units,
            every=_("全部单位"),
        ),
    ),
    acts=(
        Act(
            code="end",
            label=_("结束所选登录"),
            permission="accounts.manage",
            icon="logout",
            about=_("没有保存的内容会丢失；本人可以马上重新登录。"),
            run=_end,
            danger=True,
        ),
    ),
    empty=Empty(_("现在没有人登录"), ""),
)
