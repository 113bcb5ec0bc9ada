"""People from a file: by the login name a person is added, renamed, moved, let in or kept out.

A file gives no passwords and no rights: who is new logs in once an administrator has given them a
password, and sees what a role lets them see.
"""

from collections.abc import Hashable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts import services
from shangheng.core.accounts.models import OrgUnit, User, login_name
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Fault, Rows, Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.core.search.services import forget

CODE = "people"
YES, NO = "yes", "no"


def _columns() -> list[Column]:
    units = _unit_names()
    return [
        Column(
            "username",
            _("登录名"),
            required=True,
            max_length=60,
            note=_("小写字母、数字、点、下划线和连字符；已有的登录名就修改那个人"),
            aliases=("账号", "用户名", "username"),  # zh-data: other titles
            example="zhang.san",
        ),
        Column("display_name", _("姓名"), required=True, max_length=100, example=_("张三")),
        Column("unit", _("所在单位"), Kind.CHOICE, choices=units, note=_("名称或代码")),
        Column(
            "is_active",
            _("在用"),
            Kind.CHOICE,
            choices={_("是"): YES, _("否"): NO},
            note=_("填“否”就停用；留空不改"),
        ),
    ]


def _unit_names() -> dict[str, str]:
    """Names and codes of the units in use; a name that two share names neither."""
    units = list(OrgUnit.objects.filter(is_active=True))
    names = [unit.label for unit in units]
    labels = {unit.label: unit.code for unit in units if names.count(unit.label) == 1}
    return labels | {unit.code: unit.code for unit in units}


def _key(values: Values) -> str:
    return User.normal_username(str(values["username"]))


def _check(_actor: User, _at: datetime, rows: Rows) -> list[Fault]:
    faults = []
    for index, name in enumerate(rows.columns["username"]):
        try:
            login_name(User.normal_username(str(name)))
        except ValidationError as error:
            faults.append(Fault(index, "username", " ".join(error.messages)))
    return faults


def _standing(user: User) -> Standing:
    values: Values = {
        "display_name": user.display_name,
        "unit": user.unit.code if user.unit else None,
        "is_active": YES if user.is_active else NO,
    }
    label = f"{user.display_name}（{user.username}）"
    return Standing(user.pk, label, values, reverse("person", args=[user.pk]))


def _find(_actor: User, keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    found = User.objects.filter(username__in=list(map(str, keys))).select_related("unit")
    return {user.username: _standing(user) for user in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    found = User.objects.filter(pk__in=targets).select_related("unit")
    return {user.pk: _standing(user) for user in found}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    code, name = values.get("unit"), str(values["display_name"])
    unit = OrgUnit.objects.get(code=code) if code else None
    is_active = values.get("is_active") != NO
    if standing is None:
        user = services.create_user(
            actor=actor,
            at=at,
            username=_key(values),
            display_name=name,
            password=None,
            unit=unit,
        )
        was_active = True
    else:
        user = User.objects.select_related("unit").get(pk=standing.target)
        was_active = user.is_active
        if (name, code) != (standing.values["display_name"], standing.values["unit"]):
            services.change_user(actor=actor, at=at, user=user, display_name=name, unit=unit)
    if is_active != was_active:
        services.set_active(actor=actor, at=at, user=user, active=is_active)


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    user = User.objects.get(pk=standing.target)
    forget(user)
    services.remove_user(actor=actor, at=at, user=user)


TABLE = Table(
    code=CODE,
    label=gettext_lazy("人员"),
    permission="accounts.manage",
    columns=lambda _actor: in_every_language(_columns),
    check=_check,
    limit=5_000,
    in_job_from=500,
    url_name="person-import",
    home="people",
    home_label=gettext_lazy("人员"),
    undo_about=gettext_lazy(
        "新增的人员会删去，改过的恢复为导入以前的内容；导入以后又改过、登录过或授过权的，不能撤销。"
    ),
    **Keyed(
        key=_key,
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"is_active"}),
    ).parts(),
)
