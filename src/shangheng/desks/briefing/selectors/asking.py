"""What the bound figures of reports ask of the ledger, read together for all of them.

However many bindings there are, the ledger is read a fixed number of times: once for all figures,
once for each year of targets, and once each for units, named subjects, growth points and backing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Sum
from django.utils import translation

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.briefing.domain.binding import OF_TARGETS, Binding, Measure
from shangheng.desks.briefing.selectors.backing import Backings
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Indicator
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import Posting, PublishedFigure, RecognitionStep, Series
from shangheng.engines.ledger.sections import About, Table, sections
from shangheng.engines.ledger.selectors.figures import figures
from shangheng.engines.ledger.selectors.targets import Goal, goals, sheet_in_force

FIGURED = frozenset(Measure) - {
    Measure.SUBJECTS,
    Measure.POINTS,
    Measure.TARGET,
    Measure.BASIS,
    Measure.TABLE,
}


@dataclass(frozen=True)
class Ask:
    """A binding in a report over a period of an area."""

    binding: Binding
    own_period: Period
    own_area: str

    @property
    def period(self) -> Period:
        """The period that it asks about."""
        return self.binding.period_in(self.own_period)

    @property
    def area(self) -> str:
        """The area that it asks about."""
        return self.binding.area_in(self.own_area)

    @property
    def query(self) -> Query:
        """The plain figure of its indicator."""
        return Query(self.binding.code, self.period, self.area)

    @property
    def known(self) -> bool:
        """Whether the catalogue has its indicators, or a desk its table."""
        if self.binding.measure is Measure.TABLE:
            return self.binding.code in sections()
        codes = {self.binding.code}
        if self.binding.measure is Measure.SHARE or (
            self.binding.measure is Measure.SUBJECTS and self.binding.argument
        ):
            codes.add(self.binding.argument)
        return codes <= catalogue.indicators().keys()


@dataclass(frozen=True)
class Subject:
    """A named project or enterprise behind an indicator: what is posted of it, what is official."""

    name: str
    claimed: Decimal
    official: Decimal


class Reading:
    """All that some bindings need, read at one instant; `backed`: with what stands behind them."""

    def __init__(self, asks: Iterable[Ask], known_at: datetime, *, backed: bool = True) -> None:
        self.known_at = known_at
        self.asks = [ask for ask in dict.fromkeys(asks) if ask.known]
        self._units = self._read_units()
        self.goals = self._read_goals()
        self.tables = {ask: self._table(ask) for ask in self.asks if _is_table(ask)}
        queries = list(dict.fromkeys(q for ask in self.asks for q in self._queries(ask)))
        answers = figures(queries, known_at=known_at) if queries else []
        self.figures: Mapping[Query, Figure] = dict(zip(queries, answers, strict=True))
        self.backings = Backings(answers if backed else [], known_at)
        self._subjects = self._read_subjects()
        self._points = self._read_points()

    def indicator(self, code: str) -> Indicator:
        """An indicator of the catalogue."""
        return catalogue.indicator(code)

    def unit(self, figure: Figure) -> Unit:
        """The unit of measure of a figure."""
        return catalogue.unit_of(figure.definition)

    def units(self, ask: Ask) -> Sequence[OrgUnit]:
        """The units that have posted to the indicator."""
        return self._units[ask.binding.code, ask.area]

    def by(self, ask: Ask) -> list[tuple[str, Query]]:
        """The queries of a breakdown with the code of the value or the name of the unit."""
        name = ask.binding.argument
        if name == "unit":
            return [
                (unit.name, Query(ask.binding.code, ask.period, ask.area, frozenset({unit.pk})))
                for unit in self.units(ask)
            ]
        values = catalogue.definition(ask.binding.code, ask.period.end.last).dimensions
        return [
            (v, Query(ask.binding.code, ask.period, ask.area, dimensions=((name, v),)))
            for v in values.get(name, ())
        ]

    def goal(self, ask: Ask) -> Goal | None:
        """The year's target of the tier that the binding names."""
        for goal in self.goals[ask.period.end.year, ask.area]:
            row = goal.row
            same = row.indicator.code == ask.binding.code and goal.tier == ask.binding.argument
            if same and row.month == 12 and row.unit_id is None:
                return goal
        return None

    def subjects(self, code: str, ask: Ask) -> list[Subject]:
        """The named subjects of an indicator in the period, first named first."""
        return self._subjects.get((code, ask.period, ask.area), [])

    def points(self, ask: Ask) -> list[PublishedFigure]:
        """Growth points that documents name for the indicator."""
        return [
            row
            for row in self._points
            if (row.indicator.code, row.area) == (ask.binding.code, ask.area)
            and Period.parse(row.period) == ask.period
        ]

    def _queries(self, ask: Ask) -> Iterable[Query]:
        if _is_table(ask):
            yield from self.tables[ask].queries()
        if ask.binding.measure in FIGURED:
            yield ask.query
        if ask.binding.measure in {Measure.SHARE, Measure.SUBJECTS} and ask.binding.argument:
            yield Query(ask.binding.argument, ask.period, ask.area)
        if ask.binding.measure is Measure.BY:
            yield from (query for _name, query in self.by(ask))

    def _table(self, ask: Ask) -> Table:
        """The table of a desk, in the language of documents, whoever asks."""
        found = sections()[ask.binding.code]
        most = int(ask.binding.argument) if ask.binding.argument else None
        with translation.override(settings.LANGUAGE_CODE):
            return found.tell(About(ask.period, ask.area, self.known_at, most))

    def _read_units(self) -> dict[tuple[str, str], list[OrgUnit]]:
        wanted = {
            (ask.binding.code, ask.area)
            for ask in self.asks
            if ask.binding.measure is Measure.BY and ask.binding.argument == "unit"
        }
        found: dict[tuple[str, str], list[OrgUnit]] = defaultdict(list)
        if wanted:
            rows = Series.objects.filter(indicator__code__in={code for code, _area in wanted})
            for row in rows.select_related("indicator", "unit").order_by("unit__path", "pk"):
                units = found[row.indicator.code, row.area]
                if row.unit not in units:
                    units.append(row.unit)
        return found

    def _read_goals(self) -> dict[tuple[int, str], list[Goal]]:
        wanted = {
            (ask.period.end.year, ask.area)
            for ask in self.asks
            if ask.binding.measure in OF_TARGETS
        }
        return {
            (year, area): goals(
                sheet_in_force(year, known_at=self.known_at), area=area, known_at=self.known_at
            )
            for year, area in sorted(wanted)
        }

    def _read_subjects(self) -> dict[tuple[str, Period, str], list[Subject]]:
        wanted = {
            (code, ask.period, ask.area)
            for ask in self.asks
            if ask.binding.measure is Measure.SUBJECTS
            for code in filter(None, (ask.binding.code, ask.binding.argument))
        }
        if not wanted:
            return {}
        held = self._subject_amounts({code for code, _period, _area in wanted})
        result = {}
        for code, period, area in wanted:
            unit = catalogue.unit_of(catalogue.definition(code, period.end.last))
            named: dict[str, dict[Status, int]] = {}
            for (row_code, row_area, day, name, status), amount in held.items():
                if row_code == code and row_area == area and _within(day, period):
                    amounts = named.setdefault(name, defaultdict(int))
                    amounts[status] += amount
            result[code, period, area] = [
                Subject(
                    name,
                    unit.from_minor(sum(amounts.values()) - amounts[Status.REJECTED]),
                    unit.from_minor(amounts[Status.RECOGNISED]),
                )
                for name, amounts in named.items()
            ]
        return result

    def _subject_amounts(self, codes: set[str]) -> dict[tuple[str, str, str, str, Status], int]:
        """Amounts by code, area, month of occurrence, subject and status, in the order of posting."""
        held: dict[tuple[str, str, str, str, Status], int] = defaultdict(int)
        rows = Posting.objects.filter(
            series__indicator__code__in=codes, recorded_at__lte=self.known_at
        ).exclude(subject="")
        path = ("series__indicator__code", "series__area", "occurred_on", "subject")
        for *key, status, amount in rows.order_by("occurred_on", "pk").values_list(
            *path, "status", "amount"
        ):
            held[(key[0], key[1], _month(key[2]), key[3], Status(status))] += amount
        steps = RecognitionStep.objects.filter(
            posting__in=rows.values("pk"), recorded_at__lte=self.known_at
        )
        under = [f"posting__{name}" for name in path]
        for *key, origin, destination, amount in steps.values_list(
            *under, "origin", "destination"
        ).annotate(Sum("amount")):
            where = (key[0], key[1], _month(key[2]), key[3])
            held[(*where, Status(origin))] -= amount
            held[(*where, Status(destination))] += amount
        return held

    def _read_points(self) -> list[PublishedFigure]:
        codes = {a.binding.code for a in self.asks if a.binding.measure is Measure.POINTS}
        if not codes:
            return []
        rows = PublishedFigure.objects.filter(
            indicator__code__in=codes,
            measure=PublishedFigure.TARGET,
            tier="",
            recorded_at__lte=self.known_at,
        ).exclude(subject="")
        return list(rows.select_related("indicator").order_by("pk"))


def _is_table(ask: Ask) -> bool:
    return ask.binding.measure is Measure.TABLE


def _month(day: object) -> str:
    return str(day)[:7]


def _within(month: str, period: Period) -> bool:
    return str(period.start) <= month <= str(period.end)
