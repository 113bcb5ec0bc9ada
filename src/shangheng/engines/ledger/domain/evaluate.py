"""From monthly tallies to a figure: the arithmetic of each form, without a database."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext

from shangheng.engines.ledger.domain.figure import NOTHING, Figure, Growth, Tally, total
from shangheng.engines.ledger.domain.indicator import POSTED, Definition, Form, Indicator
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.units import Unit, plain
from shangheng.methods.wording import say

Monthly = Mapping[Month, Tally]

UNKNOWN = Growth(None)
LASTING = frozenset({Form.STOCK, Form.RANK})  # the last month speaks for the period


class Evaluator:
    """Answers queries from tallies that have been read before.

    `monthly(code, query)` gives the tallies of one posted indicator by month over the query's
    period (for a count: each subject in the month where it first occurs).
    """

    def __init__(
        self,
        *,
        known_at: datetime,
        known_on: date,
        indicator: Callable[[str], Indicator],
        unit_of: Callable[[Definition], Unit],
        monthly: Callable[[Query], Monthly],
    ) -> None:
        self.known_at = known_at
        self.known_on = known_on
        self._indicator = indicator
        self._unit_of = unit_of
        self._monthly = monthly

    def figure(self, query: Query) -> Figure:
        """The answer to one query. Raises UnknownIndicator."""
        indicator = self._indicator(query.indicator)
        definition = indicator.on(query.period.end.last)
        if definition.form in POSTED:
            return self._posted(query, indicator, definition)
        posted = self._posted(query, indicator, definition)
        if posted.value is not None:  # what another area published of itself stands as it is
            return posted
        figures = {Form.GROWTH: self._growth_form}.get(definition.form, self._ratio_form)
        own = figures(query, indicator, definition)
        return own if own.value is not None else posted

    def _posted(self, query: Query, indicator: Indicator, definition: Definition) -> Figure:
        monthly = self._monthly(query)
        unit = self._unit_of(definition)
        sums = _total(monthly, definition.form)
        counted = sums.counted(query.counting)
        return Figure(
            query=query,
            known_at=self.known_at,
            indicator=indicator,
            definition=definition,
            value=None if counted is None else unit.from_minor(counted),
            amounts={s: unit.from_minor(a) for s, a in sums.amounts.items() if a},
            postings=sum(tally.postings for tally in monthly.values()),
            samples=sum(tally.samples for tally in monthly.values()),
            reversals=sum(tally.reversals for tally in monthly.values()),
            growth=self._growth(query, definition),
            months={
                month: unit.from_minor(amount)
                for month, tally in sorted(monthly.items())
                if (amount := tally.counted(query.counting)) is not None
            },
        )

    def _ratio_form(self, query: Query, indicator: Indicator, definition: Definition) -> Figure:
        """Parts are summed and divided; those reported month by month are truncated alike.

        A month without an event is no gap: only parts that report every month of the period so
        far say how far the others may be taken.
        """
        formula = definition.formula
        if formula is None:
            raise ValueError(f"{indicator.code} has no formula")
        codes = (*formula.numerator, *formula.denominator)
        parts = [self.figure(_about(query, code)) for code in codes]
        through = min(
            (p.through for p in parts if _monthly(p) and p.through), default=query.period.end
        )
        if any(part.through and part.through > through for part in parts):
            cut = query.period.until(through)
            parts = [self.figure(_about(query, code, cut)) for code in codes]
        top = _sum(parts[: len(formula.numerator)])
        bottom = _sum(parts[len(formula.numerator) :])
        value = None
        if top is not None and bottom:
            with localcontext(prec=40):
                value = top / bottom * formula.scale
        return self._computed(query, indicator, definition, value, tuple(parts))

    def _growth_form(self, query: Query, indicator: Indicator, definition: Definition) -> Figure:
        formula = definition.formula
        if formula is None:
            raise ValueError(f"{indicator.code} has no formula")
        part = self.figure(_about(query, formula.numerator[0]))
        growth = part.growth
        parts = [part]
        if growth.through:
            base = part.query.period.until(growth.through).year_earlier()
            parts.append(self.figure(_about(part.query, part.query.indicator, base)))
        return self._computed(query, indicator, definition, growth.percent, tuple(parts), growth)

    def _computed(
        self,
        query: Query,
        indicator: Indicator,
        definition: Definition,
        value: Decimal | None,
        parts: tuple[Figure, ...],
        growth: Growth = UNKNOWN,
    ) -> Figure:
        return Figure(
            query=query,
            known_at=self.known_at,
            indicator=indicator,
            definition=definition,
            value=value,
            amounts={},
            postings=sum(part.postings for part in parts),
            samples=sum(part.samples for part in parts),
            reversals=sum(part.reversals for part in parts),
            growth=growth,
            parts=parts,
        )

    def _growth(self, query: Query, definition: Definition) -> Growth:
        """Year on year, both sides truncated at the last month that has ended and has data.

        Both sides must report the same months, unless one of them is a single figure for the
        whole span; otherwise growth is missing and the reason says which months differ.
        """
        if definition.form not in {Form.FLOW, Form.COUNT, Form.STOCK}:
            return Growth(None, reason=say("此类指标不计算同比"))
        current = _reported(self._monthly(query))
        ended = [month for month in current if month.last <= self.known_on]
        if not ended:
            return Growth(None, reason=say("本期尚无完整月份的数据"))
        through = max(ended)
        earlier = _about(query, query.indicator, query.period.until(through).year_earlier())
        base = _reported(self._monthly(earlier))
        if not base:
            lacking = say("缺少%(period)s的基数", period=earlier.period.name)
            return Growth(None, through, reason=lacking)
        now = {month: tally for month, tally in current.items() if month <= through}
        if definition.form is not Form.STOCK and (gap := _gap(now, base, through)):
            return Growth(None, through, reason=gap)
        unit = self._unit_of(definition)
        top = unit.from_minor(_total(now, definition.form).counted(query.counting) or 0)
        bottom = unit.from_minor(_total(base, definition.form).counted(query.counting) or 0)
        if bottom <= 0:
            return Growth(None, through, bottom, top, say("基数不是正数"))
        with localcontext(prec=40):
            percent = plain((top / bottom - 1) * 100)
        return Growth(percent, through, bottom, top)


def _about(query: Query, code: str, period: Period | None = None) -> Query:
    return Query(
        code, period or query.period, query.area, query.units, query.dimensions, query.counting
    )


def _monthly(figure: Figure) -> bool:
    """Whether a flow reports every month of its period up to its last."""
    through = figure.through
    if figure.definition.form is not Form.FLOW or through is None:
        return False
    return set(figure.months) == set(figure.query.period.until(through).months())


def _total(monthly: Monthly, form: Form) -> Tally:
    if not monthly:
        return NOTHING
    if form in LASTING or form not in POSTED:
        return monthly[max(monthly)]
    return total(monthly.values())


def _reported(monthly: Monthly) -> dict[Month, Tally]:
    return {month: tally for month, tally in monthly.items() if tally.postings}


def _sum(figures: list[Figure]) -> Decimal | None:
    values = [figure.value for figure in figures]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _gap(now: Monthly, base: Monthly, through: Month) -> str:
    months = {month.plus(-12) for month in now}
    if months == set(base) or {through.plus(-12)} in (set(base), months):
        return ""
    odd = sorted(months ^ set(base))
    names = (Period(month, month).name for month in odd[:6])
    return say("两年月份不一致：%(months)s", months=say("、").join(names))
