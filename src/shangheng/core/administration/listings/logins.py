"""The login log: who came in or tried to, by which way, from which device, and why not."""

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.administration import words
from shangheng.core.administration.listings.narrowing import SINCE, UNTIL, people_of, units
from shangheng.core.administration.selectors import CAME_IN, REFUSED, Login, logins
from shangheng.core.administration.selectors import LOGINS as ACTS
from shangheng.core.audit.models import Row
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing, Tabs

EVERY, IN, OUT = "every", "in", "failed"


def _of(rows: QuerySet[Row], people: QuerySet[User]) -> QuerySet[Row]:
    """The rows about these people: a failed attempt is done by nobody known, but on their name."""
    targets = people.annotate(
        target=Concat(Value("accounts.user:"), Cast("pk", CharField()))
    ).values("target")
    return rows.filter(target__in=targets)


def _by_words(rows: QuerySet[Row], text: str, _asked: Asked) -> QuerySet[Row]:
    named = User.objects.filter(Q(display_name__icontains=text) | Q(username__icontains=text))
    return _of(rows, named) | rows.filter(Q(label__icontains=text) | Q(address__startswith=text))


def _in_tab(rows: QuerySet[Row], tab: str, _asked: Asked) -> QuerySet[Row]:
    if tab == IN:
        return rows.filter(act__in=CAME_IN)
    return rows.filter(act__in=REFUSED) if tab == OUT else rows


LOGINS: Listing[Row, Login] = Listing(
    code="administration.logins",
    title=_("登录日志"),
    about=_(
        "谁在何时、用什么方式、从哪台设备登录，没有登录成的为什么；程序用令牌，每天每个地址记第一次。"
    ),
    counted=_("条记录"),
    url="logins",
    permission="audit.view",
    export_permission="audit.export",
    export_act="audit.export",
    rows=lambda _asked: Row.objects.filter(act__in=ACTS),
    lines=lambda rows, _asked: logins(rows),
    columns=(
        Column(
            "person",
            _("人员"),
            lambda line: line.name,
            cell="administration/login_person.html",
            also=(
                Column(
                    "username",
                    _("登录名"),
                    lambda line: line.person.username if line.person else line.row.label,
                ),
                Column("unit", _("单位"), lambda line: line.unit),
            ),
        ),
        Column("at", _("时间"), lambda line: line.row.at, sort=("number",), css="nowrap"),
        Column(
            "result",
            _("结果"),
            lambda line: line.row.act_name,
            cell="administration/login_result.html",
            sort=("act", "number"),
            also=(Column("reason", _("原因"), lambda line: line.reason),),
        ),
        Column("way", _("方式"), lambda line: line.way),
        Column("device", _("设备"), lambda line: line.device),
        Column("address", _("来源地址"), lambda line: line.address, sort=("address", "number")),
        Column("agent", _("浏览器标识"), lambda line: line.agent, shown=False),
        Column("number", _("序号"), lambda line: line.row.number, shown=False),
    ),
    sort="-at",
    filters=(
        Filter("q", _("查找"), _by_words, kind="search", hint=_("姓名、登录名或地址")),
        Filter(
            "way",
            _("方式"),
            lambda rows, value, _asked: rows.filter(after__way=value),
            among(*words.WAYS.items()),
            every=_("不限"),
        ),
        Filter(
            "reason",
            _("失败原因"),
            lambda rows, value, _asked: rows.filter(act__in=REFUSED, after__reason=value),
            among(*words.REASONS.items()),
            every=_("不限"),
        ),
        Filter(
            "unit",
            _("单位"),
            lambda rows, value, _asked: _of(rows, people_of(value)),
            units,
            every=_("全部单位"),
        ),
        SINCE,
        UNTIL,
    ),
    tabs=Tabs(
        label=_("结果"),
        choices=[(EVERY, _("全部")), (IN, _("登录成功")), (OUT, _("没有登录成"))],
        narrow=_in_tab,
    ),
    none=Empty(_("没有查到记录"), _("放宽筛选条件再试。"), url="logins", action=_("看全部登录")),
)
