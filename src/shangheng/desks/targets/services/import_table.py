"""What the Excel table of postings looks like, and how its rows become facts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.exchange.languages import listed as one_label_each
from shangheng.desks.targets import words
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import POSTED, Form, Indicator
from shangheng.engines.ledger.domain.line import Line

DIMENSION = "dimension-"
FIELDS = {"unit_of_measure": "measure", "unit": "unit", "documents": ""}


def postable() -> list[Indicator]:
    """Indicators that are posted of the home area, not computed."""
    return [i for i in catalogue.indicators().values() if i.versions[-1].form in POSTED]


def columns(indicators: Sequence[Indicator], units: Sequence[OrgUnit]) -> list[Column]:
    """The columns of a table about `indicators`; every name of theirs is understood.

    They are titled in the reader's language, and understood in each: files go from desk to desk.
    """
    return in_every_language(lambda: _columns(indicators, units))


def _columns(indicators: Sequence[Indicator], units: Sequence[OrgUnit]) -> list[Column]:
    measures = measure_names(indicators)
    found = [
        Column(
            "indicator",
            _("指标"),
            Kind.CHOICE,
            required=True,
            choices=names_of(indicators),
            note=_("从列表中选，也可以写别名或编码"),
        ),
        Column(
            "unit",
            _("责任单位"),
            Kind.CHOICE,
            required=True,
            choices=_unit_names(units),
        ),
        Column("occurred_on", _("发生日期"), Kind.DATE, required=True, note=_("事情发生的那一天")),
        Column("value", _("数值"), Kind.DECIMAL, required=True, note=_("按“计量单位”列的单位填")),
        Column("measure", _("计量单位"), Kind.CHOICE, required=True, choices=measures),
    ]
    for axis, values in _axes(indicators).items():
        choices = {words.dimension_word(axis, value): value for value in values}
        note = _("只有分组的指标才填")
        found.append(
            Column(
                DIMENSION + axis,
                words.dimension_word(axis),
                Kind.CHOICE,
                choices=choices,
                note=note,
            )
        )
    if any(i.versions[-1].form in {Form.COUNT, Form.FLOW} for i in indicators):
        note = _("项目或企业全称；按个数计的指标，填了名称的，数值填1")
        found.append(Column("subject", _("对象名称"), max_length=100, note=note))
    note = _("不填即本区；比较对象的数按公布口径登记，须写明出处")
    found.append(Column("area", _("地区"), Kind.CHOICE, choices=_area_names(), note=note))
    example = _example(units)
    return [replace(column, example=example.get(column.key)) for column in found]


def listed(indicators: Sequence[Indicator], units: Sequence[OrgUnit]) -> list[Column]:
    """The columns of a template: each choice is offered once, in the reader's language."""
    return one_label_each(columns(indicators, units))


def _example(units: Sequence[OrgUnit]) -> dict[str, Value]:
    """One row that every template shows, whatever it is about, so that it is known when read back."""
    first = postable()[0]
    definition = first.versions[-1]
    return {
        "indicator": first.code,
        "unit": str(units[0].pk) if units else None,
        "occurred_on": definition.valid_from,
        "value": Decimal(1),
        "measure": definition.unit,
        **{DIMENSION + axis: values[0] for axis, values in definition.dimensions.items()},
    }


def line_of(values: Mapping[str, Value], documents: Sequence[int] = ()) -> Line:
    """A row as a fact, of the home area unless it names another."""
    value, day = values["value"], values["occurred_on"]
    if not isinstance(value, Decimal) or not isinstance(day, date):
        raise TypeError("the columns promise a number and a date")
    return Line(
        indicator=str(values["indicator"]),
        unit_id=int(str(values["unit"])),
        area=str(values.get("area") or settings.HOME_AREA),
        value=value,
        unit_of_measure=str(values["measure"]),
        occurred_on=day,
        dimensions={
            key.removeprefix(DIMENSION): str(chosen)
            for key, chosen in values.items()
            if key.startswith(DIMENSION) and chosen is not None
        },
        subject=str(values.get("subject") or ""),
        documents=tuple(documents),
    )


def key_of(field: str, present: Collection[str]) -> str:
    """The key of the column that a field of a line came from; "" for the row as a whole."""
    if field == "dimensions":
        return next((key for key in present if key.startswith(DIMENSION)), "")
    return FIELDS.get(field, field)


def names_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Names, other names and codes; a name that two share names neither."""
    names: dict[str, str] = {}
    for indicator in indicators:
        names[words.name_of(indicator)] = indicator.code
    taken: dict[str, set[str]] = {}
    for indicator in indicators:
        for name in (indicator.zh, indicator.en, indicator.code, *indicator.aliases):
            taken.setdefault(name, set()).add(indicator.code)
    names |= {name: next(iter(codes)) for name, codes in taken.items() if len(codes) == 1}
    return names


def _area_names() -> dict[str, str]:
    """Names in both languages and codes; the drop-down lists the first of each."""
    names = {name: code for code, name in words.area_choices()}
    for row in catalogue.areas():
        names |= dict.fromkeys((row["zh"], row["en"], row["code"]), row["code"])
    return names


def measure_names(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Names and codes of the units in which the indicators are posted."""
    codes = dict.fromkeys(i.versions[-1].unit for i in indicators)
    return {catalogue.units()[code].name: code for code in codes} | {code: code for code in codes}


def _unit_names(units: Iterable[OrgUnit]) -> dict[str, str]:
    found = list(units)
    names = {unit.label: str(unit.pk) for unit in found}
    names |= {unit.code: str(unit.pk) for unit in found}
    return names | {unit.name: str(unit.pk) for unit in found}


def _axes(indicators: Iterable[Indicator]) -> dict[str, tuple[str, ...]]:
    axes: dict[str, tuple[str, ...]] = {}
    for indicator in indicators:
        for axis, values in indicator.versions[-1].dimensions.items():
            axes[axis] = tuple(dict.fromkeys((*axes.get(axis, ()), *values)))
    return axes
