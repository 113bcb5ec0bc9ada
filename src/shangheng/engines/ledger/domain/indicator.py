"""What an indicator is: its names and, for each span of time, its definition.

Read from `rules/indicators/*.yaml`. Terms follow SDMX where it has one: a definition fixes the unit
of measure, the dimensions and the scope (口径) of the observations posted under it.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from shangheng.methods.wording import named


class BadRule(ValueError):
    """A rule file says something that cannot be; the message names the indicator and the field."""


class UnknownIndicator(LookupError):
    """No indicator, or no version of it, under that code and date."""


class Form(StrEnum):
    """How an indicator's value comes from its postings."""

    FLOW = "flow"  # adds up over the period
    STOCK = "stock"  # the last value in the period
    COUNT = "count"  # distinct subjects, plus what is posted without names
    RATIO = "ratio"  # recomputed from its parts, never averaged
    SHARE = "share"  # a ratio whose numerator is part of its denominator
    GROWTH = "growth"  # of another indicator, both sides truncated alike
    RANK = "rank"  # a place among others; the last one in the period


POSTED = frozenset({Form.FLOW, Form.STOCK, Form.COUNT, Form.RANK})
SUMMED = frozenset({Form.FLOW, Form.COUNT})
"""Many postings a day add up; of any other form each is the state on its day."""


@dataclass(frozen=True)
class Formula:
    """The parts of a computed form: numerator over denominator, or what growth is of."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    scale: int = 100


@dataclass(frozen=True)
class Identity:
    """A relation that must hold in every year: `left` (or the sum over a dimension) to `right`."""

    id: str
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    sum_by: str | None
    refuses: bool


@dataclass(frozen=True)
class Source:
    """Where a definition stands written."""

    title: str
    where: str


@dataclass(frozen=True)
class Definition:
    """One version of an indicator, valid from a date."""

    number: int
    valid_from: date
    valid_to: date | None
    form: Form
    unit: str
    decimals: int
    scope: str
    source: Source
    verified: bool
    recognition: str | None
    evidence: tuple[str, ...]
    dimensions: Mapping[str, tuple[str, ...]]
    formula: Formula | None
    identities: tuple[Identity, ...]

    @property
    def is_computed(self) -> bool:
        """Whether it comes from other indicators; only what others publish of it is posted."""
        return self.form not in POSTED


@dataclass(frozen=True)
class Indicator:
    """A figure that the bureau keeps, under one stable code."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    section: str
    owner: str
    polarity: str
    headline: bool
    versions: tuple[Definition, ...]

    @property
    def name(self) -> str:
        """Its name in the reader's language; a document takes `zh`."""
        return named(self.zh, self.en)

    def on(self, day: date) -> Definition:
        """The definition that is valid on a day; before the first, the first.

        History older than a definition's start is kept under that definition: a bureau posts past
        years for comparison long after the rule came into force.
        """
        valid = [v for v in self.versions if v.valid_from <= day]
        return valid[-1] if valid else self.versions[0]


def parse_indicator(row: Mapping[str, Any]) -> Indicator:
    """One entry of a rule file. Raises BadRule."""
    code = row.get("code", "?")
    try:
        versions = tuple(_definition(version) for version in row["versions"])
        indicator = Indicator(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            aliases=tuple(row.get("aliases") or ()),
            section=row["section"],
            owner=row["owner"],
            polarity=row["polarity"],
            headline=bool(row.get("headline", False)),
            versions=versions,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRule(f"{code}: {error!r}") from error
    _check(indicator)
    return indicator


def _definition(row: Mapping[str, Any]) -> Definition:
    return Definition(
        number=int(row["number"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        form=Form(row["form"]),
        unit=row["unit"],
        decimals=int(row["decimals"]),
        scope=row["scope"],
        source=Source(row["source"]["title"], row["source"]["where"]),
        verified=bool(row["verified"]),
        recognition=row.get("recognition"),
        evidence=tuple(row.get("evidence") or ()),
        dimensions={k: tuple(v) for k, v in (row.get("dimensions") or {}).items()},
        formula=_formula(row.get("formula")),
        identities=tuple(_identity(item) for item in row.get("identities") or ()),
    )


def _formula(row: Mapping[str, Any] | None) -> Formula | None:
    if row is None:
        return None
    if "of" in row:
        return Formula((row["of"],))
    return Formula(tuple(row["numerator"]), tuple(row["denominator"]), int(row.get("scale", 100)))


def _identity(row: Mapping[str, Any]) -> Identity:
    if row["relation"] not in {"<=", "=="} or row["severity"] not in {"error", "warn"}:
        raise ValueError(f"identity {row['id']}: relation is <= or ==, severity is error or warn")
    return Identity(
        id=row["id"],
        left=tuple(row.get("left") or ()),
        relation=row["relation"],
        right=tuple(row["right"]),
        sum_by=row.get("sum_by"),
        refuses=row["severity"] == "error",
    )


def _check(indicator: Indicator) -> None:
    if not indicator.versions:
        raise BadRule(f"{indicator.code}: no version")
    if indicator.polarity not in {"higher", "lower", "none"}:
        raise BadRule(f"{indicator.code}: polarity {indicator.polarity!r}")
    for version in indicator.versions:
        if version.form not in POSTED and version.formula is None:
            raise BadRule(f"{indicator.code} v{version.number}: {version.form} needs a formula")
    _check_dates(indicator.code, indicator.versions)


def _check_dates(code: str, versions: Sequence[Definition]) -> None:
    for earlier, later in itertools.pairwise(versions):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise BadRule(f"{code}: v{earlier.number} must end before v{later.number} begins")
