"""The inbox of one person as a list."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.lists.declaring import (
    Act,
    Asked,
    Bulk,
    Choices,
    Column,
    Empty,
    Filter,
    Listing,
    Tabs,
)
from shangheng.core.lists.narrowing import by, since, until
from shangheng.core.notices import services
from shangheng.core.notices.kinds import kinds
from shangheng.core.notices.models import Notice

EVERY, UNREAD = "every", "unread"


def kind_choices(_asked: Asked) -> Choices:
    """The kinds of notices."""
    return [(kind.code, kind.name) for kind in kinds().values()]


def _by_words(rows: QuerySet[Notice], text: str, _asked: Asked) -> QuerySet[Notice]:
    """By what is told, in any language of the platform, or by who did it."""
    named = Q(event__actor_name__icontains=text)
    for language, _name in settings.LANGUAGES:
        for part in ("subject", "body"):
            named |= Q((f"event__texts__{language}__{part}__icontains", text))
    return rows.filter(named)


def _in_tab(rows: QuerySet[Notice], tab: str, _asked: Asked) -> QuerySet[Notice]:
    return rows.filter(read_at=None) if tab == UNREAD else rows


def _counts(rows: QuerySet[Notice], _asked: Asked) -> Mapping[str, int]:
    return {UNREAD: rows.filter(read_at=None).count()}


def _read(bulk: Bulk[Notice]) -> str:
    services.mark_read(notices=bulk.rows, at=bulk.at)
    return say("已把%d条消息标为已读。") % len(bulk.rows)


def _unread(bulk: Bulk[Notice]) -> str:
    services.mark_unread(notices=bulk.rows)
    return say("已把%d条消息标为未读。") % len(bulk.rows)


INBOX: Listing[Notice, Notice] = Listing(
    code="notices.inbox",
    title=_("消息"),
    counted=_("条消息"),
    url="notices",
    permission=SIGNED_IN,
    rows=lambda asked: Notice.objects.filter(receiver=asked.actor),
    fetch=lambda rows: rows.select_related("event"),
    columns=(
        Column(
            "subject",
            _("消息"),
            lambda notice: notice.event.subject,
            cell="notices/subject_cell.html",
            also=(
                Column("body", _("内容"), lambda notice: notice.event.body),
                Column("read", _("已读时间"), lambda notice: notice.read_at),
            ),
        ),
        Column(
            "kind", _("种类"), lambda notice: notice.event.kind_name, sort=("event__kind", "-pk")
        ),
        Column(
            "actor",
            _("谁办的"),
            lambda notice: notice.event.actor_name,
            sort=("event__actor_name", "-pk"),
            css="nowrap",
        ),
        Column("at", _("时间"), lambda notice: notice.event.at, sort=("pk",), css="nowrap"),
    ),
    sort="-at",
    row_css=lambda notice: "" if notice.read_at else "unread",
    filters=(
        Filter("q", _("查找"), _by_words, kind="search", hint=_("消息里的字或人名")),
        Filter("kind", _("种类"), by("event__kind"), kind_choices, every=_("全部")),
        Filter("since", _("自"), since("event__at", instant=True), kind="day"),
        Filter("until", _("至"), until("event__at", instant=True), kind="day"),
    ),
    tabs=Tabs(
        label=_("状态"),
        choices=[(EVERY, _("全部")), (UNREAD, _("未读"))],
        narrow=_in_tab,
        counts=_counts,
    ),
    acts=(
        Act(
            code="read",
            label=_("标为已读"),
            permission=SIGNED_IN,
            icon="circle-check",
            refuse=lambda notice, _asked: say("已经读过") if notice.read_at else "",
            run=_read,
            at_once=True,
        ),
        Act(
            code="unread",
            label=_("标为未读"),
            permission=SIGNED_IN,
            icon="mail",
            refuse=lambda notice, _asked: "" if notice.read_at else say("本来就未读"),
            run=_unread,
            at_once=True,
        ),
    ),
    empty=Empty(_("还没有消息"), _("材料被退回、数据被拒统、已印发的数字变了，都会在这里告诉您。")),
    none=Empty(_("没有这样的消息"), _("放宽筛选条件再试。"), url="notices", action=_("看全部消息")),
)
