"""The tree of units from a file: by its code a unit is added, renamed, or hung elsewhere."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts import units as services
from shangheng.core.accounts.models import OrgUnit, User, unit_code
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Fault, Rows, Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.core.search.services import forget

CODE = "units"


def _columns() -> list[Column]:
    return [
        Column(
            "code",
            _("单位代码"),
            required=True,
            max_length=30,
            aliases=("代码", "code"),  # zh-data: another title
            note=_("小写字母、数字和连字符；已有的代码就修改那个单位"),
            example="swj-zs",
        ),
        Column("name", _("单位名称"), required=True, max_length=100, example=_("招商科")),
        Column("name_en", _("英文名称"), max_length=100),
        Column(
            "parent",
            _("上级单位代码"),
            max_length=30,
            note=_("已有的或本表里的单位代码；留空就没有上级"),
        ),
        Column("position", _("排序"), Kind.INTEGER, note=_("小的在前；留空不改")),
    ]


def _check(_actor: User, _at: datetime, rows: Rows) -> list[Fault]:
    codes = [str(code) for code in rows.columns["code"]]
    known = {*codes, *OrgUnit.objects.values_list("code", flat=True)}
    parents = rows.columns.get("parent", [None] * len(rows))
    faults = []
    for index, (code, parent) in enumerate(zip(codes, parents, strict=True)):
        try:
            unit_code(code)
        except ValidationError as error:
            faults.append(Fault(index, "code", " ".join(error.messages)))
        if parent is not None and parent not in known:
            message = _("没有代码为“%s”的单位，本表里也没有") % parent
            faults.append(Fault(index, "parent", message))
    below = _rounds({code: parent for code, parent in zip(codes, parents, strict=True) if parent})
    faults += [
        Fault(index, "parent", _("上级单位绕成了一圈；请改正"))
        for index, code in enumerate(codes)
        if code in below
    ]
    positions = rows.columns.get("position", ())
    return faults + [
        Fault(index, "position", _("排序不能小于0"))
        for index, place in enumerate(positions)
        if isinstance(place, int) and place < 0
    ]


def _rounds(parent_of: Mapping[str, object]) -> set[str]:
    """The units of the file that would lie below themselves."""
    found = set()
    for code in parent_of:
        seen, at = set(), parent_of.get(code)
        while at in parent_of and at not in seen and at != code:
            seen.add(at)
            at = parent_of[str(at)]
        if at == code:
            found.add(code)
    return found


def _order(rows: Sequence[Values]) -> list[int]:
    """Parents of the file before what hangs below them."""
    place = {str(values["code"]): index for index, values in enumerate(rows)}
    done: dict[int, None] = {}

    def add(index: int) -> None:
        above = place.get(str(rows[index].get("parent")))
        if above is not None and above not in done:
            add(above)
        done.setdefault(index)

    for index in range(len(rows)):
        add(index)
    return list(done)


def _standing(unit: OrgUnit) -> Standing:
    values: Values = {
        "code": unit.code,
        "name": unit.name,
        "name_en": unit.name_en or None,
        "parent": unit.parent.code if unit.parent else None,
        "position": unit.position,
    }
    return Standing(unit.pk, unit.name, values, reverse("unit_edit", args=[unit.pk]))


def _find(_actor: User, keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    found = OrgUnit.objects.filter(code__in=list(map(str, keys))).select_related("parent")
    return {unit.code: _standing(unit) for unit in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    found = OrgUnit.objects.filter(pk__in=targets).select_related("parent")
    return {unit.pk: _standing(unit) for unit in found}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    code = values.get("parent")
    parent = OrgUnit.objects.get(code=code) if code else None
    name, name_en = str(values["name"]), str(values.get("name_en") or "")
    position = values.get("position")
    place = position if isinstance(position, int) else 0
    if standing is None:
        services.create_unit(
            actor=actor,
            at=at,
            code=str(values["code"]),
            name=name,
            name_en=name_en,
            parent=parent,
            position=place,
        )
        return
    unit, old = OrgUnit.objects.get(pk=standing.target), standing.values
    if code != old["parent"]:
        services.move_unit(actor=actor, at=at, unit=unit, parent=parent)
    if (name, name_en or None, place) != (old["name"], old["name_en"], old["position"]):
        services.change_unit(
            actor=actor, at=at, unit=unit, name=name, name_en=name_en, position=place
        )


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    unit = OrgUnit.objects.get(pk=standing.target)
    forget(unit)
    services.remove_unit(actor=actor, at=at, unit=unit)


TABLE = Table(
    code=CODE,
    label=gettext_lazy("责任单位"),
    permission="accounts.manage",
    columns=lambda _actor: in_every_language(_columns),
    check=_check,
    limit=5_000,
    in_job_from=500,
    url_name="unit-import",
    home="units",
    home_label=gettext_lazy("责任单位"),
    undo_about=gettext_lazy(
        "新增的单位会删去，改过的恢复为导入以前的内容；导入以后又改过或已经用到的，不能撤销。"
    ),
    **Keyed(
        key=lambda values: str(values["code"]),
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"position"}),
        order=_order,
    ).parts(),
)
