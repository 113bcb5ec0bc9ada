"""Identities: relations between figures that must hold, checked on every post and on demand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Identity, Indicator
from shangheng.engines.ledger.domain.line import Line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.selectors.figures import answer


@dataclass(frozen=True)
class IdentityCheck:
    """One identity in one year. `holds` is None where a part is missing: nothing can be said."""

    indicator: Indicator
    identity: Identity
    period: Period
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]

    @property
    def holds(self) -> bool | None:
        """Whether the relation holds."""
        left, right = _total(self.left), _total(self.right)
        if left is None or right is None:
            return None
        return left == right if self.identity.relation == "==" else left <= right

    @property
    def arithmetic(self) -> str:
        """The relation with its numbers: “实际使用FDI 2.6 ≤ 实际利用外资 13.7”."""
        sign = {"<=": "≤", "==": "="}[self.identity.relation]
        refuted = {"<=": ">", "==": "≠"}[self.identity.relation]
        found = refuted if self.holds is False else sign
        return f"{_written(self.left)} {found} {_written(self.right)}"

    @property
    def message(self) -> str:
        """What is wrong and what was expected."""
        words = {"period": self.period.name, "arithmetic": self.arithmetic}
        if self.identity.relation == "==":
            return _("%(period)s：%(arithmetic)s（应相等）") % words
        return _("%(period)s：%(arithmetic)s（前者不应大于后者）") % words


@dataclass(frozen=True)
class Side:
    """The two sides of an identity as queries, before they are answered."""

    indicator: Indicator
    identity: Identity
    period: Period
    left: tuple[Query, ...]
    right: tuple[Query, ...]

    def answered(self, answers: Mapping[Query, Figure]) -> IdentityCheck:
        """The identity with its figures."""
        return IdentityCheck(
            self.indicator,
            self.identity,
            self.period,
            tuple(answers[query] for query in self.left),
            tuple(answers[query] for query in self.right),
        )


def sides(area: str, period: Period, about: frozenset[str] | None = None) -> list[Side]:
    """Every identity (that names one of the indicators `about`) over a period, as queries."""
    return [
        Side(
            indicator,
            identity,
            period,
            tuple(_left(indicator, identity, area, period)),
            tuple(_right(identity, area, period)),
        )
        for indicator, identity in _identities(period)
        if about is None or about & _named(indicator, identity)
    ]


def check(
    area: str, period: Period, *, known_at: datetime, about: frozenset[str] | None = None
) -> list[IdentityCheck]:
    """Every identity (that names one of the indicators `about`) over a period, answered."""
    found = sides(area, period, about)
    answers = answer((q for side in found for q in (*side.left, *side.right)), known_at=known_at)
    return [side.answered(answers) for side in found]


def broken_by(lines: Sequence[Line], *, known_at: datetime) -> list[tuple[int, str]]:
    """Identities that must hold and do not, now that `lines` are posted: (index of a line, message)."""
    places: dict[tuple[str, int], dict[str, int]] = {}
    for index, line in enumerate(lines):
        places.setdefault((line.area, line.occurred_on.year), {}).setdefault(line.indicator, index)
    return [
        (
            min(by_code[code] for code in by_code if code in _named(c.indicator, c.identity)),
            c.message,
        )
        for (area, year), by_code in places.items()
        for c in check(area, Period.year(year), known_at=known_at, about=frozenset(by_code))
        if c.identity.refuses and c.holds is False
    ]


def _identities(period: Period) -> Iterator[tuple[Indicator, Identity]]:
    for indicator in catalogue.indicators().values():
        for identity in indicator.on(period.end.last).identities:
            yield indicator, identity


def _named(indicator: Indicator, identity: Identity) -> set[str]:
    own = {indicator.code} if identity.sum_by else set()
    return own | set(identity.left) | set(identity.right)


def _left(indicator: Indicator, identity: Identity, area: str, period: Period) -> list[Query]:
    if identity.sum_by is None:
        return [Query(c, period, area, counting=Counting.CLAIMED) for c in identity.left]
    values = indicator.on(period.end.last).dimensions[identity.sum_by]
    return [
        Query(
            indicator.code,
            period,
            area,
            dimensions=((identity.sum_by, value),),
            counting=Counting.CLAIMED,
        )
        for value in values
    ]


def _right(identity: Identity, area: str, period: Period) -> list[Query]:
    return [Query(c, period, area, counting=Counting.CLAIMED) for c in identity.right]


def _total(side: tuple[Figure, ...]) -> Decimal | None:
    values = [figure.value for figure in side]
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))


def _written(side: tuple[Figure, ...]) -> str:
    return " + ".join(f"{_named_part(figure)} {_amount(figure)}" for figure in side)


def _named_part(figure: Figure) -> str:
    values = "/".join(catalogue.value_name(*pair) for pair in figure.query.dimensions)
    return figure.indicator.name + (f"（{values}）" if values else "")


def _amount(figure: Figure) -> str:
    if figure.value is None:
        return _("缺")
    return f"{figure.value}{catalogue.unit_after(figure.unit)}"
