"""What can be asked of the ledger, and the stable reference under which an answer is found again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, quote, urlencode

from shangheng.engines.ledger.domain.period import Period


class Counting(StrEnum):
    """Which amounts a figure counts."""

    RECOGNISED = "recognised"
    CLAIMED = "claimed"  # recognised and what is pending


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
        """A stable address of the answer: `code/period?area=…&as_known=…`, as part of a URL."""
        parts: list[tuple[str, str]] = [("area", self.area)]
        if self.units is not None:
            parts.append(("units", ",".join(map(str, sorted(self.units)))))
        parts += [("d." + name, value) for name, value in self.dimensions]
        if self.counting is not Counting.RECOGNISED:
            parts.append(("counting", self.counting))
        if known_at is not None:
            parts.append(("as_known", known_at.isoformat()))
        period = quote(str(self.period).replace("/", "_"))
        return f"{self.indicator}/{period}?{urlencode(parts)}"


class BadReference(ValueError):
    """A reference that names no query."""


def parse_reference(
    indicator: str, period: str, query_string: str
) -> tuple[Query, datetime | None]:
    """The query, and the instant it was asked for, behind the parts of a reference.

    Raises BadReference; whether the indicator exists is found out when the query is answered.
    """
    options = dict(parse_qsl(query_string))
    try:
        units = options.get("units")
        known = options.get("as_known")
        query = Query(
            indicator=indicator,
            period=Period.parse(period.replace("_", "/")),
            area=options["area"],
            units=None if units is None else frozenset(int(u) for u in units.split(",") if u),
            dimensions=tuple(sorted((k[2:], v) for k, v in options.items() if k.startswith("d."))),
            counting=Counting(options.get("counting", Counting.RECOGNISED)),
        )
        known_at = datetime.fromisoformat(known) if known else None
    except (KeyError, ValueError) as error:
        raise BadReference(f"看不懂的数字引用:{error}") from error
    if known_at is not None and known_at.tzinfo is None:
        raise BadReference("数字引用中的时间缺少时区")
    return query, known_at
