"""The catalogue of indicators, units and lists, read once from `rules/`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from shangheng import rules
from shangheng.core.dictionaries import selectors as dictionaries
from shangheng.engines.evidence.services import VOUCHER_KINDS
from shangheng.engines.ledger.domain.indicator import (
    BadRule,
    Definition,
    Indicator,
    UnknownIndicator,
    parse_indicator,
)
from shangheng.engines.ledger.domain.units import Unit, parse_units
from shangheng.methods.wording import named, say

REJECTION_REASONS = "rejection_reasons"


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by code, in the order of the sections and of the files."""
    order = {row["code"]: place for place, row in enumerate(sections())}
    found = [parse_indicator(row) for name in rules.files("indicators") for row in rules.load(name)]
    result = {item.code: item for item in sorted(found, key=lambda item: order[item.section])}
    if len(result) != len(found):
        raise BadRule("an indicator code is used twice")
    return result


def indicator(code: str) -> Indicator:
    """One indicator. Raises UnknownIndicator."""
    try:
        return indicators()[code]
    except KeyError:
        raise UnknownIndicator(say("没有编码为“%(code)s”的指标", code=code)) from None


def definition(code: str, day: date) -> Definition:
    """The definition valid on a day. Raises UnknownIndicator."""
    return indicator(code).on(day)


def name_of(row: Mapping[str, Any]) -> str:
    """The name of a row of these lists in the reader's language."""
    return named(row["zh"], row["en"])


@cache
def units() -> dict[str, Unit]:
    """Units of measure by code."""
    return parse_units(rules.load("units.yaml"))


def unit_of(definition: Definition) -> Unit:
    """The unit of measure of a definition."""
    return units()[definition.unit]


def unit_after(code: str) -> str:
    """A unit of measure as it stands after a number; one that is in no rule stays as it is."""
    unit = units().get(code)
    return unit.after if unit else code


def sections() -> list[dict[str, Any]]:
    """Lines of business in the order in which the cockpit shows them."""
    rows: list[dict[str, Any]] = rules.load("sections.yaml")
    return rows


def tiers() -> list[dict[str, Any]]:
    """Tiers of targets (预期, 拼搏, 挑战 …), lowest first."""
    rows: list[dict[str, Any]] = rules.load("tiers.yaml")
    return sorted(rows, key=lambda row: row["order"])


def areas() -> list[dict[str, Any]]:
    """Areas whose figures can be posted (the bureau's own and those it is compared with)."""
    rows: list[dict[str, Any]] = rules.load("areas.yaml")
    return rows


def area_name(code: str) -> str:
    """The name of an area in the reader's language; one that is in no rule keeps its code."""
    return next((name_of(row) for row in areas() if row["code"] == code), code)


def authority(code: str, day: date, area: str) -> str | None:
    """The office that recognises a fact of an indicator; None where the fact counts at once.

    What is taken over from another area has been published there: nobody recognises it here.
    Raises UnknownIndicator.
    """
    return definition(code, day).recognition if area == settings.HOME_AREA else None


def rejection_reasons(day: date) -> list[dict[str, Any]]:
    """Reasons for 拒统 that are valid on a day."""
    return dictionaries.rows(REJECTION_REASONS, day)


def voucher_kinds(day: date | None = None) -> list[dict[str, Any]]:
    """Kinds of voucher that can be attached on a day, or all that there ever were."""
    return dictionaries.rows(VOUCHER_KINDS, day)


def value_name(dimension: str, value: str) -> str:
    """The name of a value of a dimension in the reader's language; else the value itself."""
    rows = (v for row in dimensions() if row["code"] == dimension for v in row["values"])
    return next((name_of(row) for row in rows if row["code"] == value), value)


def dimensions() -> list[dict[str, Any]]:
    """Dimensions with the names of their values."""
    rows: list[dict[str, Any]] = rules.load("dimensions.yaml")
    return rows
