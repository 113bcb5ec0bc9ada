"""Our figures beside those that other areas (the city, other districts) published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text
from shangheng.desks.targets.selectors.shown import GrowthFigure
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import POSTED, Form
from shangheng.engines.ledger.domain.period import Month
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.models import Posting

Pair = tuple[Query, Query]


@dataclass(frozen=True)
class Comparison:
    """A figure of another area beside ours, both up to the last month that the other published.

    Shares and growths are held against each other themselves, amounts by their growth: 217 亿元 of a
    district and 3359 亿元 of its city cannot be compared, +16 % and +24 % can.
    """

    ours: Figure
    other: Figure

    @property
    def area(self) -> str:
        """The name of the other area."""
        return catalogue.area_name(self.other.query.area)

    @property
    def of_growth(self) -> bool:
        """Whether growth is what is compared."""
        return self.ours.definition.form in POSTED

    @property
    def sides(self) -> tuple[Figure, Figure] | tuple[GrowthFigure, GrowthFigure]:
        """What is held against each other, in per cent: ours, theirs."""
        if self.of_growth:
            return GrowthFigure(self.ours), GrowthFigure(self.other)
        return self.ours, self.other

    @property
    def points(self) -> Decimal | None:
        """By how many percentage points ours is higher; None when the two are not of one kind."""
        ours, other = (side.value for side in self.sides)
        if ours is None or other is None or not self._alike:
            return None
        return ours - other

    @property
    def brief(self) -> str:
        """高3.7个百分点, where the area stands beside it."""
        if self.points is None:
            return ""
        points = {"points": number_text(rounded(abs(self.points), 1))}
        if rounded(self.points, 1) == 0:
            return _("持平")
        return (
            _("高%(points)s个百分点") if self.points > 0 else _("低%(points)s个百分点")
        ) % points

    @property
    def words(self) -> str:
        """高于武汉市3.7个百分点; empty where nothing can be compared."""
        if self.points is None:
            return ""
        told = {"area": self.area, "points": number_text(rounded(abs(self.points), 1))}
        if rounded(self.points, 1) == 0:
            return _("增幅与%(area)s持平") % told if self.of_growth else _("与%(area)s持平") % told
        if self.of_growth:
            higher, lower = (
                _("增幅高于%(area)s%(points)s个百分点"),
                _("增幅低于%(area)s%(points)s个百分点"),
            )
        else:
            higher, lower = _("高于%(area)s%(points)s个百分点"), _("低于%(area)s%(points)s个百分点")
        return (higher if self.points > 0 else lower) % told

    @property
    def _alike(self) -> bool:
        """Growth must reach as far on both sides."""
        if not self.of_growth and self.ours.definition.form is not Form.GROWTH:
            return self.ours.unit == "%"
        return _reach(self.ours) == _reach(self.other)


def comparators(queries: Sequence[Query], *, known_at: datetime) -> list[Pair]:
    """What to ask about ourselves and about each other area that has postings, as far as it has."""
    asked = {query.indicator: query for query in queries}
    period = queries[0].period
    rows = (
        Posting.objects.exclude(series__area=queries[0].area)
        .filter(
            series__indicator__code__in=list(asked),
            occurred_on__range=(period.start.first, period.end.last),
            recorded_at__lte=known_at,
            reverses=None,
        )
        .exclude(reversal__recorded_at__lte=known_at)
        .values_list("series__indicator__code", "series__area")
        .annotate(Max("occurred_on"))
    )
    pairs = []
    for code, area, day in rows:
        span = period.until(Month.of(day))
        pairs.append((Query(code, span, asked[code].area), Query(code, span, area)))
    return sorted(pairs, key=lambda pair: _place(pair[1].area))


def compare(pairs: Iterable[Pair], answers: Mapping[Query, Figure]) -> list[Comparison]:
    """The comparisons of which the other side is known."""
    found = [Comparison(answers[ours], answers[other]) for ours, other in pairs]
    return [one for one in found if one.other.value is not None]


def _reach(figure: Figure) -> Month | None:
    """The last month that a growth takes in: of one computed, or of one that was published."""
    return figure.growth.through or figure.through


def _place(area: str) -> tuple[int, str]:
    """The order of the rules."""
    codes = [row["code"] for row in catalogue.areas()]
    return (codes.index(area) if area in codes else len(codes), area)
