"""The list of people: who they are, what they are, when they were here last."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.core.accounts.roles import role_choices
from shangheng.core.administration.listings.narrowing import people_of, units
from shangheng.core.lists.declaring import Asked, Choices, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import holding

ACTIVE, LEFT = "active", "inactive"


def _roles(_asked: Asked) -> Choices:
    return role_choices()


def _role_names(person: User) -> str:
    return "、".join(grant.role_name for grant in person.grants.all())


def _in_tab(rows: QuerySet[User], tab: str, _asked: Asked) -> QuerySet[User]:
    return rows.filter(is_active=tab == ACTIVE)


def _counts(rows: QuerySet[User], _asked: Asked) -> dict[str, int]:
    states = list(rows.order_by().values_list("is_active", flat=True))
    return {ACTIVE: states.count(True), LEFT: states.count(False)}


PEOPLE: Listing[User, User] = Listing(
    code="administration.people",
    title=_("人员"),
    about=_("谁能登录、属于哪个单位、担任什么角色。"),
    counted=_("人"),
    url="people",
    permission="accounts.view",
    rows=lambda _asked: User.objects.all(),
    fetch=lambda rows: rows.select_related("unit").prefetch_related("grants"),
    columns=(
        Column(
            "name",
            _("姓名"),
            lambda person: person.display_name,
            cell="administration/person_cell.html",
            sort=("display_name", "username"),
            also=(Column("username", _("登录名"), lambda person: person.username),),
        ),
        Column(
            "unit",
            _("所在单位"),
            lambda person: person.unit.label if person.unit else None,
            sort=("unit__position", "unit__code", "username"),
        ),
        Column("roles", _("角色"), _role_names, cell="administration/roles_cell.html"),
        Column("last", _("最近登录"), lambda person: person.last_login, sort=("last_login",)),
        Column(
            "created",
            _("增加时间"),
            lambda person: person.created_at,
            sort=("created_at",),
            shown=False,
        ),
        Column(
            "password",
            _("密码更换时间"),
            lambda person: person.password_changed_at,
            sort=("password_changed_at",),
            shown=False,
        ),
    ),
    sort="name",
    filters=(
        Filter(
            "text",
            _("查找"),
            holding("display_name", "username"),
            kind="search",
            hint=_("姓名或登录名"),
        ),
        Filter(
            "unit",
            _("单位"),
            lambda rows, value, _asked: rows.filter(pk__in=people_of(value).values("pk")),
            units,
            every=_("全部单位"),
        ),
        Filter(
            "role",
            _("角色"),
            lambda rows, value, _asked: rows.filter(grants__role=value),
            _roles,
            every=_("全部角色"),
        ),
    ),
    tabs=Tabs(
        label=_("状态"),
        choices=[(ACTIVE, _("在用")), (LEFT, _("已停用"))],
        narrow=_in_tab,
        counts=_counts,
    ),
    none=Empty(
        _("没有这样的人员"),
        _("换一个条件再找，或者看看已停用的。"),
        url="people",
        action=_("看全部人员"),
    ),
)
