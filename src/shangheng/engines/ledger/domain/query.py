"""What can be asked of the ledger, and the stable reference under which an answer is found again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from shangheng.engines.ledger.domain.period import Period
from shangheng.methods.wording import say


class Counting(StrEnum):
    """Which amounts a figure counts."""

    RECOGNISED = "recognised"
    CLAIMED = "claimed"  # recognised and what is pending


class BadReference(ValueError):
    """A reference that names no query."""


@dataclass(frozen=True)
class Query:
    """One question: an indicator over a period, for an area or some of its units."""

    indicator: str
    period: Period
    area: str
    units: frozenset[int] | None = None  # None: the whole area, whichever unit posted
    dimensions: tuple[tuple[str, str], ...] = ()
    counting: Counting = Counting.RECOGNISED

    def reference(self, known_at: datetime | None = None) -> str:
        """A stable address of the answer, as a path: `code/period/area[/option=value…]`.

        >>> Query("retail.total", Period.parse("2021"), "420112").reference()
        'retail.total/2021/420112'
        """
        parts = [self.indicator, str(self.period).replace("/", "_"), self.area]
        if self.units is not None:
            parts.append("units=" + ",".join(map(str, sorted(self.units))))
        parts += [f"{name}={value}" for name, value in self.dimensions]
        if self.counting is not Counting.RECOGNISED:
            parts.append(f"counting={self.counting}")
        if known_at is not None:
            parts.append("known=" + known_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ"))
        return "/".join(parts)


def parse_reference(reference: str) -> tuple[Query, datetime | None]:
    """The query, and the instant it was asked for, behind a reference.

    Raises BadReference; whether the indicator exists is found out when the query is answered.
    """
    try:
        indicator, period, area, *rest = reference.strip("/").split("/")
        options = dict(part.split("=", 1) for part in rest)
        units, known = options.pop("units", None), options.pop("known", None)
        counting = Counting(options.pop("counting", Counting.RECOGNISED))
        known_at = datetime.strptime(known, "%Y%m%dT%H%M%S.%f%z") if known else None
        query = Query(
            indicator=indicator,
            period=Period.parse(period.replace("_", "/")),
            area=area,
            units=None if units is None else frozenset(int(u) for u in units.split(",") if u),
            dimensions=tuple(sorted(options.items())),
            counting=counting,
        )
    except ValueError as error:
        message = say("看不懂的数字出处“%(reference)s”", reference=reference)
        raise BadReference(message) from error
    return query, known_at
