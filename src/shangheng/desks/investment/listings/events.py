"""The list of events."""

from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding, since, until
from shangheng.desks.investment.models import Event, EventKind
from shangheng.desks.investment.selectors.events import events_for

EVENTS: Listing[Event, Event] = Listing(
    code="investment.events",
    title=_("签约和展会"),
    about=_("集中签约、展会、推介会，以及每次的成效。"),
    url="events",
    permission="investment.view",
    rows=lambda asked: events_for(asked.actor),
    columns=(
        Column(
            "name",
            _("名称"),
            lambda row: row.name,
            cell="investment/event_cell.html",
            sort=("name",),
            also=(Column("session", _("届次"), lambda row: row.session),),
        ),
        Column("kind", _("种类"), lambda row: str(EventKind(row.kind).label), sort=("kind",)),
        Column(
            "day", _("开始日期"), lambda row: row.starts_on, sort=("starts_on", "pk"), css="nowrap"
        ),
        Column("unit", _("承办单位"), lambda row: row.unit.label),
        Column(
            "projects",
            _("对接项目"),
            lambda row: getattr(row, "projects", None),
            number=True,
            sort=("projects",),
        ),
        Column(
            "signed",
            _("现场签约"),
            lambda row: getattr(row, "signed", None),
            number=True,
            sort=("signed",),
        ),
        Column(
            "agreed",
            _("签约金额"),
            lambda row: getattr(row, "agreed", None),
            unit="亿元",  # zh-data: a unit of measure
            number=True,
            decimals=4,
            sort=("agreed",),
        ),
        Column("applied", _("申请展位"), lambda row: getattr(row, "applied", None), number=True),
        Column("allotted", _("获批展位"), lambda row: getattr(row, "allotted", None), number=True),
    ),
    filters=(
        Filter("q", _("查找"), holding("name", "session", "place", "pk"), kind="search"),
        Filter("kind", _("种类"), by("kind"), among(*EventKind.choices)),
        Filter("unit", _("承办单位"), by("unit"), units_within("investment.view")),
        Filter("from", _("不早于"), since("starts_on"), kind="day"),
        Filter("to", _("不晚于"), until("starts_on"), kind="day"),
    ),
    sort="-day",
    empty=Empty(
        _("还没有活动"),
        _("登记集中签约、展会或推介会。"),
        url="event-new",
        action=_("登记活动"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)
