"""Targets of a draft from a file: by year, indicator, unit and tier a target is set or changed.

They come into the open draft of their year on last year's figure as the page would set them. Once
the sheet is signed nothing of it is taken back.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Fault, Rows, Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.desks.targets.domain.sheets import MONTHS, SheetRefused, Wanted
from shangheng.desks.targets.services.import_table import measure_names, names_of
from shangheng.desks.targets.services.sheet_tiers import set_tiers
from shangheng.desks.targets.services.sheets import measure_of
from shangheng.desks.targets.sheet_words import tier_word
from shangheng.desks.targets.words import indicator_word
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.models import Target, TargetSheet

CODE = "targets"
_PLACES = 4  # decimals of growth that are kept
Key = tuple[int, str, str, str]


def _columns(actor: User) -> list[Column]:
    indicators = list(catalogue.indicators().values())
    tiers = {tier_word(row["code"]): row["code"] for row in catalogue.tiers()}
    return [
        Column("year", _("年度"), Kind.INTEGER, required=True, note=_("须有未签发的草案")),
        Column(
            "indicator",
            _("指标"),
            Kind.CHOICE,
            required=True,
            choices=names_of(indicators),
            note=_("从列表中选，也可以写别名或编码"),
        ),
        Column("tier", _("档次"), Kind.CHOICE, required=True, choices=tiers),
        Column(
            "unit",
            _("责任单位"),
            Kind.CHOICE,
            choices=_units(actor),
            note=_("留空是全局的目标"),
        ),
        Column(
            "value", _("目标值"), Kind.DECIMAL, note=_("按“计量单位”列的单位；与增幅至少填一项")
        ),
        Column("measure", _("计量单位"), Kind.CHOICE, choices=measure_names(indicators)),
        Column("growth", _("增幅"), Kind.DECIMAL, unit="%", decimals=_PLACES),
    ]


def _units(actor: User) -> dict[str, str]:
    scope = scope_of(actor, "targets.propose")
    found = list(scope.filter(OrgUnit.objects.filter(is_active=True), unit="pk", owner=None))
    names = {unit.label: unit.code for unit in found}
    return names | {unit.code: unit.code for unit in found}


def _key(values: Values) -> Key:
    year = values["year"]
    return (
        year if isinstance(year, int) else 0,
        str(values["indicator"]),
        str(values.get("unit") or ""),
        str(values["tier"]),
    )


def _drafts() -> dict[int, TargetSheet]:
    return {sheet.year: sheet for sheet in TargetSheet.objects.filter(state=TargetSheet.DRAFT)}


def _check(_actor: User, _at: datetime, rows: Rows) -> list[Fault]:
    drafts = _drafts()
    return [
        Fault(index, key, message)
        for index in range(len(rows))
        for key, message in _problems(rows.row(index), drafts)
    ]


def _problems(values: Values, drafts: Mapping[int, TargetSheet]) -> Iterable[tuple[str, str]]:
    year, measure = values["year"], values.get("measure")
    sheet = drafts.get(year) if isinstance(year, int) else None
    if sheet is None:
        yield "year", _("%s年没有未签发的目标草案；请先在目标表里新建") % year
        return
    own = measure_of(sheet, str(values["indicator"]))
    if values.get("value") is None and values.get("growth") is None:
        yield "value", _("目标值和增幅至少填一项")
    if values.get("value") is not None and measure != own.code:
        key = "measure" if measure else "value"
        yield key, _("这个指标以%(unit)s计；请换算后填写，并写明计量单位") % {"unit": own.name}


def _standing(row: Target) -> Standing:
    measure = measure_of(row.sheet, row.indicator.code)
    values: Values = {
        "year": row.sheet.year,
        "indicator": row.indicator.code,
        "tier": row.tier,
        "unit": row.unit.code if row.unit else None,
        "value": measure.from_minor(row.amount),
        "measure": measure.code,
        "growth": row.growth.normalize() if row.growth is not None else None,
    }
    label = f"{indicator_word(row.indicator.code)} · {tier_word(row.tier)}"
    return Standing(row.pk, label, values, reverse("sheet", args=[row.sheet_id]))


def _rows(**chosen: object) -> Iterable[Target]:
    found = Target.objects.filter(area=settings.HOME_AREA, month=MONTHS, **chosen)
    return found.select_related("sheet", "indicator", "unit")


def _find(_actor: User, _keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    found = map(_standing, _rows(sheet__state=TargetSheet.DRAFT))
    return {_key(standing.values): standing for standing in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    return {row.pk: _standing(row) for row in _rows(pk__in=targets)}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    old = standing.values if standing else {}
    value, growth = values.get("value"), values.get("growth")
    if standing and growth != old["growth"] and value == old["value"] and growth is not None:
        value = None  # only the growth is new: the value follows from it
    elif standing and value != old["value"] and growth == old["growth"]:
        growth = None  # only the value is new: the old growth no longer fits it
    _set(actor, at, values, Wanted(_decimal(value), _decimal(growth)))


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    parts = Target.objects.filter(pk=standing.target).values_list("sheet", "indicator", "tier")
    whole = standing.values["unit"] is None
    sheet, indicator, tier = parts.get()
    others = Target.objects.filter(sheet=sheet, indicator=indicator, tier=tier)
    if whole and others.filter(~Q(pk=standing.target), area=settings.HOME_AREA).exists():
        raise ValidationError(_("已经分到单位或月份；请先去掉那些"))
    _set(actor, at, standing.values, Wanted())


def _set(actor: User, at: datetime, values: Values, wanted: Wanted) -> None:
    sheet = _drafts().get(_key(values)[0])
    if sheet is None:
        raise ValidationError(_("目标表已经签发，不能再改"))
    code = values.get("unit")
    try:
        set_tiers(
            actor=actor,
            at=at,
            sheet=sheet,
            indicator=str(values["indicator"]),
            wanted={str(values["tier"]): wanted},
            base_known_at=at,
            unit=OrgUnit.objects.get(code=code) if code else None,
        )
    except SheetRefused as error:
        raise ValidationError(str(error)) from error
    except PermissionDenied:
        raise ValidationError(_("您不能设定全局或这个单位的目标")) from None


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


TABLE = Table(
    code=CODE,
    label=gettext_lazy("目标"),
    permission="targets.propose",
    columns=lambda actor: in_every_language(lambda: _columns(actor)),
    check=_check,
    limit=5_000,
    in_job_from=500,
    url_name="target-import",
    home="sheets",
    home_label=gettext_lazy("目标表"),
    undo_about=gettext_lazy(
        "新增的目标会去掉，改过的恢复为导入以前的值；导入以后又改过的、目标表已签发的，不能撤销。"
    ),
    **Keyed(
        key=_key,
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"value", "measure", "growth"}),
        numbers=frozenset({"value", "growth"}),
    ).parts(),
)
