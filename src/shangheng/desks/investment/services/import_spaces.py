"""Spaces from a file: by its number a space is added or changed.

The state counts for new ones alone: of a space that is known, it changes on its page, where it has
a day and can be undone.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.desks.investment.models import PriceUnit, Space, SpaceKind, SpaceState
from shangheng.desks.investment.selectors.spaces import standing_rows
from shangheng.desks.investment.services.import_places import converted, place_columns
from shangheng.desks.investment.services.spaces import (
    FIELDS,
    change_space,
    enter_space,
    remove_space,
)

CODE = "spaces"
TEXTS = ("site", "address", "price_unit", "note")
NUMBERS = (
    "area", "clear_height", "floor_load", "power", "price", "longitude", "latitude",
)  # fmt: skip


def _named(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {str(label): code for code, label in choices}


def _columns(actor: User) -> list[Column]:
    scope = scope_of(actor, "investment.edit")
    reached = scope.filter(OrgUnit.objects.filter(is_active=True), unit="pk", owner=None)
    units = {unit.label: unit.code for unit in reached.order_by("path")}
    states = [one for one in SpaceState.choices if one[0] != SpaceState.RESERVED]
    return [
        Column("code", _("载体编号"), required=True, max_length=40, example="CT-001"),
        Column("name", _("载体名称"), required=True, max_length=100, example=_("临空港3号厂房")),
        Column(
            "kind", _("载体类型"), Kind.CHOICE, required=True, choices=_named(SpaceKind.choices)
        ),
        Column(
            "unit",
            _("管理单位"),
            Kind.CHOICE,
            required=True,
            choices=units | {code: code for code in units.values()},
        ),
        Column("site", _("所在园区"), max_length=100),
        Column("address", _("地址"), max_length=200),
        Column(
            "area",
            _("面积"),
            Kind.DECIMAL,
            required=True,
            decimals=2,
            note=_("地块按亩，厂房和楼层按平方米。"),
        ),
        Column("clear_height", _("净高"), Kind.DECIMAL, unit=_("米"), decimals=2),
        Column("floor_load", _("楼面荷载"), Kind.DECIMAL, unit=_("吨/平方米"), decimals=2),
        Column("power", _("供电容量"), Kind.DECIMAL, unit="kVA", decimals=2),
        Column("price", _("价格"), Kind.DECIMAL, decimals=2),
        Column("price_unit", _("计价单位"), Kind.CHOICE, choices=_named(PriceUnit.choices)),
        Column("price_on", _("报价日期"), Kind.DATE),
        *place_columns(),
        Column(
            "state",
            _("状态"),
            Kind.CHOICE,
            choices=_named(states),
            note=_("新载体的状态，留空是空置；已有的载体在它的页面上变更状态"),
        ),
        Column("note", _("说明"), max_length=1000),
    ]


def _standing(row: Space, state: str) -> Standing:
    values: dict[str, Value] = {name: getattr(row, name) for name in FIELDS}
    values |= {name: values[name] or None for name in TEXTS}
    values |= {"unit": row.unit.code, "state": state}
    return Standing(row.pk, row.name, values, reverse("space", args=[row.pk]))


def _standings(rows: QuerySet[Space]) -> list[Standing]:
    states = dict(standing_rows(timezone.now()).filter(pk__in=rows).values_list("pk", "state"))
    return [_standing(row, states.get(row.pk, "")) for row in rows.select_related("unit")]


def _find(_actor: User, keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    found = _standings(Space.objects.filter(code__in=list(map(str, keys))))
    return {str(one.values["code"]): one for one in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    return {one.target: one for one in _standings(Space.objects.filter(pk__in=targets))}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    state = values.get("state")
    fields = _fields(values, standing)
    try:
        if standing is None:
            state = str(state or SpaceState.FREE.value)
            enter_space(actor=actor, at=at, values=fields, state=state)
            return
        if state is not None and state != standing.values["state"]:
            raise ValidationError({"state": _("已有的载体，请在它的页面上变更状态")})
        row = Space.objects.get(pk=standing.target)
        change_space(actor=actor, at=at, row=row, values=fields, seen=None)
    except PermissionDenied:
        raise ValidationError({"unit": _("您不能登记或修改这个单位的载体")}) from None


def _fields(values: Values, standing: Standing | None) -> dict[str, object]:
    """The values as the services take them; a place that the row gives anew is converted."""
    fields: dict[str, object] = {key: value for key, value in values.items() if key in FIELDS}
    fields |= {key: fields[key] or "" for key in TEXTS if key in fields}
    stood = standing and (standing.values["longitude"], standing.values["latitude"])
    if (values.get("longitude"), values.get("latitude")) != stood:
        fields |= converted(values)
    if "unit" in fields:
        fields["unit"] = OrgUnit.objects.filter(code=str(fields["unit"])).first()
    return fields


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    try:
        remove_space(actor=actor, at=at, row=Space.objects.get(pk=standing.target))
    except PermissionDenied:
        raise ValidationError(_("您不能登记或修改这个单位的载体")) from None


TABLE = Table(
    code=CODE,
    label=gettext_lazy("载体"),
    permission="investment.edit",
    columns=lambda actor: in_every_language(lambda: _columns(actor)),
    limit=20_000,
    url_name="space-import",
    home="spaces",
    home_label=gettext_lazy("载体"),
    undo_about=gettext_lazy(
        "新增的载体会删去，改过的恢复为导入以前的内容；导入以后又改过的、办过预留或租售的，不能撤销。"
    ),
    **Keyed(
        key=lambda values: str(values["code"]),
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"state", "datum"}),
        numbers=frozenset(NUMBERS),
        days=frozenset({"price_on"}),
    ).parts(),
)
