"""How messages fare on their way out, as a list."""

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.core.notices import delivery as sending
from shangheng.core.notices.listings.inbox import kind_choices
from shangheng.core.notices.models import WAITING, Delivery, Service, State


def _by_way(rows: QuerySet[Delivery], way: str, _asked: Asked) -> QuerySet[Delivery]:
    if way == "email":
        return rows.filter(outlet=None)
    return rows.filter(outlet__service=way)


def _way(row: Delivery) -> str:
    return say("%s · 汇总") % row.way if row.digest else str(row.way)


def _again(bulk: Bulk[Delivery]) -> str:
    for row in bulk.rows:
        sending.redeliver(actor=bulk.actor, delivery=row, at=bulk.at)
    return say("%d条已排入队列，一分钟内再发。") % len(bulk.rows)


DELIVERIES: Listing[Delivery, Delivery] = Listing(
    code="notices.deliveries",
    title=_("投递情况"),
    about=_("每封邮件、每条推送到了哪一步，没送到是为什么。"),
    counted=_("次投递"),
    url="deliveries",
    permission="notices.manage",
    rows=lambda _asked: Delivery.objects.all(),
    fetch=lambda rows: rows.select_related("event", "receiver", "outlet"),
    columns=(
        Column(
            "kind",
            _("种类"),
            lambda row: row.event.kind_name,
            cell="notices/delivery_cell.html",
            sort=("event__kind", "-pk"),
        ),
        Column("at", _("时间"), lambda row: row.event.at, sort=("pk",), css="nowrap"),
        Column("way", _("渠道"), _way, sort=("outlet__service", "-pk"), css="nowrap"),
        Column(
            "to",
            _("发给"),
            lambda row: str(row.outlet or row.receiver),
            sort=("outlet__name", "receiver__username", "-pk"),
        ),
        Column(
            "state",
            _("状态"),
            lambda row: row.get_state_display(),
            cell="notices/state_cell.html",
            sort=("state", "-pk"),
        ),
        Column(
            "attempts", _("次数"), lambda row: row.attempts, sort=("attempts", "-pk"), number=True
        ),
        Column("reason", _("原因"), lambda row: row.reason),
        Column(
            "due",
            _("何时发"),
            lambda row: row.due_at if row.state in WAITING else None,
            sort=("due_at", "pk"),
            shown=False,
        ),
        Column("uid", _("投递编号"), lambda row: str(row.uid), shown=False),
    ),
    sort="-at",
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("receiver__display_name", "receiver__username", "outlet__name", "reason"),
            kind="search",
            hint=_("收件人、渠道或原因"),
        ),
        Filter("state", _("状态"), by("state"), among(*State.choices), every=_("全部")),
        Filter(
            "way",
            _("渠道"),
            _by_way,
            among(("email", _("邮件")), *Service.choices),
            every=_("全部"),
        ),
        Filter("kind", _("种类"), by("event__kind"), kind_choices, every=_("全部")),
        Filter("since", _("自"), since("event__at", instant=True), kind="day"),
        Filter("until", _("至"), until("event__at", instant=True), kind="day"),
    ),
    acts=(
        Act(
            code="again",
            label=_("再发一次"),
            permission="notices.manage",
            icon="send",
            about=_("收件人会再收到一次；投递编号不变，收件的系统认得出是重发。"),
            run=_again,
        ),
    ),
    empty=Empty(_("没有投递记录"), _("有邮件或推送发出以后，会列在这里。")),
    none=Empty(
        _("没有这样的投递"), _("放宽筛选条件再试。"), url="deliveries", action=_("看全部投递")
    ),
)
