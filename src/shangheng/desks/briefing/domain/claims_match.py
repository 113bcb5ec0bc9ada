"""Which claims of a report the ledger can answer for. Where anything is unsure: none, silently."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shangheng.engines.ledger.domain.indicator import (
    Definition,
    Form,
    Indicator,
    UnknownIndicator,
)
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.methods.claims.checks.base import antecedent, before
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements

_HOME = "全区 我区 本区 区级 区内 辖区 辖区内"  # zh-data: words of reports for their own area
HOME_WORDS = frozenset({"", *_HOME.split()})
_QUOTES = re.compile(r"[\s\"'“”‘’《》<>「」的]")  # zh-data: marks and 的, which names use freely
_GOAL = re.compile(r"(?:目标任务|目标值|目标|任务|指标)$")  # zh-data: ends of the names of targets
_PEOPLE = {"名": "人"}  # zh-data: units of counting that the reading of reports takes as one
_MONEY = {"money_cny": "money:CNY", "money_usd": "money:USD"}
_SIZES = {"亿": Decimal(10**8), "万": Decimal(10**4)}  # zh-data: multiples of a unit of money
_GROWING = frozenset({Form.FLOW, Form.STOCK, Form.COUNT})

Kinds = Mapping[str, str]
"""Unit of measure → its kind, as in `rules/units.yaml`."""


class Measure(StrEnum):
    """What a claim states of an indicator."""

    VALUE = "value"
    GROWTH = "growth"
    TARGET = "target"


@dataclass(frozen=True)
class Match:
    """A claim and what it states; `factor` takes the ledger's unit to the claim's common unit."""

    claim: Claim
    indicator: Indicator
    definition: Definition
    measure: Measure
    period: Period
    factor: Decimal

    @property
    def unit(self) -> str:
        """The unit in which the ledger answers."""
        return "%" if self.measure is Measure.GROWTH else self.definition.unit

    def agrees(self, value: Decimal) -> bool:
        """Whether the printed figure can stand for an exact value in the ledger's unit."""
        printed, stated = self.claim.quantity.interval, value * self.factor
        if self.measure is Measure.GROWTH:
            stated *= self.claim.sign
        return printed.low <= stated <= printed.high


class Matcher:
    """Finds the indicator that a claim names: exactly, under one of its names, and only one."""

    def __init__(self, indicators: Iterable[Indicator], kinds: Kinds) -> None:
        self._kinds = kinds
        self._named: dict[str, list[Indicator]] = defaultdict(list)
        for item in indicators:
            for name in {plain(word) for word in (item.zh, *item.aliases)}:
                self._named[name].append(item)

    def matches(self, statements: Statements) -> Iterator[Match]:
        """Every claim of a report that the ledger can answer for."""
        for claim in statements.claims:
            found = self._match(statements, claim)
            if found is not None:
                yield found

    def _match(self, statements: Statements, claim: Claim) -> Match | None:
        if claim.depth or claim.link in (Link.BASE, Link.REST) or claim.area not in HOME_WORDS:
            return None
        indicator = self._indicator(statements, claim)
        period = period_of(claim)
        if indicator is None or period is None:
            return None
        if claim.kind is not Kind.TARGET and claim.planned:
            return None
        try:
            definition = indicator.on(period.end.last)
        except UnknownIndicator:
            return None
        if claim.kind is Kind.GROWTH:
            fits = claim.dimension == "percent" and definition.form in _GROWING
            factor = Decimal(1) if fits else None
        else:
            factor = factor_to(claim.dimension, definition.unit, self._kinds)
        if factor is None:
            return None
        return Match(claim, indicator, definition, _MEASURES[claim.kind], period, factor)

    def _indicator(self, statements: Statements, claim: Claim) -> Indicator | None:
        if claim.kind is Kind.LEVEL:
            return self._level(claim)
        if claim.kind is Kind.GROWTH:
            level = None if claim.name else antecedent(statements, claim)
            known = self._level(level) if level and level.area in HOME_WORDS else None
            same = level is not None and level.period == claim.period
            return known if same else None
        if claim.kind is Kind.TARGET and claim.tier:
            return self._aimed(statements, claim)
        return None

    def _level(self, claim: Claim) -> Indicator | None:
        """By its own name, unless its heading speaks of something narrower: 签约重点项目, 签约项目."""
        found = self._one(claim.name)
        return None if found is None or self._heading_narrows(claim, found) else found

    def _heading_narrows(self, claim: Claim, found: Indicator) -> bool:
        name, heading = plain(claim.name), plain(claim.heading)
        return any(
            word in heading and word != name and _within(name, word)
            for word, items in self._named.items()
            if any(item is not found for item in items)
        )

    def _aimed(self, statements: Statements, claim: Claim) -> Indicator | None:
        """A target's own name, or that of the result before it, or its heading's."""
        if claim.name:
            return self._one(_GOAL.sub("", plain(claim.name)))
        level = next((c for c in before(statements, claim) if c.kind is Kind.LEVEL), None)
        if level is not None:
            return self._level(level)
        return self._one(_GOAL.sub("", plain(claim.heading)))

    def _one(self, name: str) -> Indicator | None:
        found = self._named.get(plain(name), []) if name else []
        return found[0] if len(found) == 1 else None


_MEASURES = {
    Kind.LEVEL: Measure.VALUE,
    Kind.GROWTH: Measure.GROWTH,
    Kind.TARGET: Measure.TARGET,
}


def plain(name: str) -> str:
    """A name without marks, so that only its words are compared."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name))


def period_of(claim: Claim) -> Period | None:
    """The months that a claim speaks of, in the ledger's terms; None where the year is not known."""
    said = claim.period
    if said is None or said.year is None or said.years != 1 or said.first > said.last:
        return None
    return Period(Month(said.year, said.first), Month(said.year, said.last))


def factor_to(dimension: str, unit: str, kinds: Kinds) -> Decimal | None:
    """What one `unit` of the ledger is in the common unit of a dimension; None: they differ.

    Money is in yuan or dollars there (1 亿元 = 10^8), counts are never converted into each other.
    """
    kind = kinds.get(unit, "")
    if kind in _MONEY:
        return _SIZES.get(unit[0], Decimal(1)) if dimension == _MONEY[kind] else None
    if kind == "count":
        return Decimal(1) if dimension == f"count:{_PEOPLE.get(unit, unit)}" else None
    return Decimal(1) if kind == "percent" and dimension == "percent" else None


def _within(name: str, longer: str) -> bool:
    """Whether all characters of a name stand in a longer one, in order."""
    characters = iter(longer)
    return all(character in characters for character in name)
