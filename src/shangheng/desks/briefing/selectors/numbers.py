"""Printed numbers: value, text, unit, and the label under which the annex explains them."""

from dataclasses import replace
from decimal import Decimal

from shangheng import rules
from shangheng.desks.briefing.domain.pieces import Backing, Lexicon, Shown, places, printed
from shangheng.desks.briefing.selectors.asking import Reading
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import PENDING, Status
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.models import PublishedFigure
from shangheng.engines.ledger.sections import Told
from shangheng.engines.ledger.selectors.targets import Goal

PERCENT_PLACES = 1
MOST_PLACES = 4  # of a number that a desk tells, which says itself how exact it is


class Numbers:
    """Makes printed numbers of figures and targets."""

    def __init__(self, reading: Reading, words: Lexicon) -> None:
        self.reading = reading
        self.words = words

    def value(self, figure: Figure) -> Shown:
        """A figure with its unit. Its value must be known."""
        label = figure.query.period.label + figure.indicator.zh
        return self._of(figure, label, "value", figure.value or Decimal(0))

    def growth(self, figure: Figure, percent: Decimal) -> Shown:
        """Year-on-year growth in percent."""
        label = self._label("growth", period=figure.query.period.label, name=figure.indicator.zh)
        through = figure.growth.through
        if through and through < figure.query.period.end:
            cut = figure.query.period.until(through).label
            label = self._label("growth", period=cut, name=figure.indicator.zh)
        return self._percent(figure, label, "growth", percent)

    def share(self, part: Figure, whole: Figure, percent: Decimal) -> Shown:
        """One figure as part of another, in percent."""
        period = part.query.period.label
        label = self._label(
            "share", period=period, name=part.indicator.zh, whole=whole.indicator.zh
        )
        measure = f"share:{whole.indicator.code}"
        return self._percent(part, label, measure, percent)

    def status(self, figure: Figure, name: str) -> Shown:
        """What of a figure stands in one status, or is pending."""
        statuses = PENDING if name == "pending" else {Status[name.upper()]}
        amount = sum((figure.amounts.get(s, Decimal(0)) for s in statuses), Decimal(0))
        label = self._label(
            "status",
            period=figure.query.period.label,
            name=figure.indicator.zh,
            status=self.words.pattern(f"statuses.{name}"),
        )
        decimals = self.reading.unit(figure).exponent
        return self._of(figure, label, f"status:{name}", amount, decimals=decimals)

    def part(self, figure: Figure, name: str) -> Shown:
        """One figure of a breakdown."""
        label = self._label(
            "by", period=figure.query.period.label, unit=name, name=figure.indicator.zh
        )
        return self._of(figure, label, "value", figure.value or Decimal(0))

    def subject(self, figure: Figure, subject: str, amount: Decimal) -> Shown:
        """What one project or enterprise comes to in an indicator."""
        label = self._label("subject", subject=subject, name=figure.indicator.zh)
        decimals = self.reading.unit(figure).exponent
        shown = self._of(figure, label, f"subject:{subject}", amount, decimals=decimals)
        vouchers = self.reading.backings.vouchers(figure.query, subject)
        return replace(shown, backing=replace(shown.backing, vouchers=vouchers))

    def told(self, cell: Told) -> Shown:
        """A number of a desk: it leads to the ledger's figure that bears it out, or to its page."""
        marks = ("sample",) if cell.is_sample else ()
        if cell.query is None:
            text = printed(cell.value, MOST_PLACES)
            return Shown(
                text=text + cell.unit,
                value=cell.value,
                unit=cell.unit,
                decimals=places(text),
                reference="",
                measure=cell.key,
                backing=Backing(cell.label),
                marks=marks,
                url=cell.url,
            )
        figure = self.reading.figures[cell.query]
        shown = self._of(
            figure, cell.label, cell.key, cell.value, unit=cell.unit, decimals=MOST_PLACES
        )
        if cell.subject:
            vouchers = self.reading.backings.vouchers(cell.query, cell.subject)
            shown = replace(shown, backing=replace(shown.backing, vouchers=vouchers))
        return replace(shown, marks=tuple({*marks, *shown.marks}))

    def point(self, row: PublishedFigure, amount: Decimal, text: str) -> Shown:
        """A growth point as a document states it."""
        period = Period.parse(row.period)
        name = self.reading.indicator(row.indicator.code).zh
        label = self._label("point", year=str(period.end.year), name=name, subject=row.subject)
        scope = self.words.pattern("scopes.point").format(source=row.source, place=row.place)
        query = Query(row.indicator.code, period, row.area)
        return Shown(
            text=text + row.unit_of_measure,
            value=amount,
            unit=row.unit_of_measure,
            decimals=places(printed(amount, 10)),
            reference=query.reference(self.reading.known_at),
            measure=f"point:{row.label}",
            backing=Backing(label, scope),
            marks=("sample",) if row.is_sample else (),
        )

    def target(self, goal: Goal) -> Shown:
        """The value of a target, as exactly as it was set."""
        return self._goal(goal, "target", "target", goal.value, f"{goal.value}")

    def base(self, goal: Goal, value: Decimal, *, now: bool = False) -> Shown:
        """What a target was computed from, or what that has become."""
        if now and goal.base_now is not None:
            return self.value(goal.base_now)
        return self._goal(goal, "base", "base", value, f"{value}")

    def meant(self, goal: Goal, value: Decimal) -> Shown:
        """What the growth as set comes to on the base as it is now."""
        text = printed(value, goal.definition.decimals)
        return self._goal(goal, "meant", "meant", value, text)

    def target_growth(self, goal: Goal, percent: Decimal, what: str) -> Shown:
        """The growth of a target in percent, as set or as it comes out now."""
        text = printed(percent, PERCENT_PLACES)
        return self._goal(goal, f"growth_{what}", f"growth_{what}", percent, text, "%")

    def of_goal(
        self, figure: Figure, goal: Goal, what: str, value: Decimal, text: str, unit: str
    ) -> Shown:
        """A number between a figure and its target."""
        label = self._goal_label(what, goal)
        shown = self._of(figure, label, f"{what}:{goal.tier}", value, unit=unit)
        return replace(shown, text=text + unit, decimals=places(text))

    def period_label(self, goal: Goal) -> str:
        """The period of a target's base in words."""
        return Period.parse(goal.row.base_period).label

    def _percent(self, figure: Figure, label: str, measure: str, percent: Decimal) -> Shown:
        """A computed percentage: always with its decimal, as percentages stand under each other."""
        shown = self._of(figure, label, measure, percent, unit="%", decimals=PERCENT_PLACES)
        text = f"{rounded(percent, PERCENT_PLACES)}".replace("-", "−")
        return replace(shown, text=text + "%", decimals=PERCENT_PLACES)

    def _of(
        self,
        figure: Figure,
        label: str,
        measure: str,
        value: Decimal,
        *,
        unit: str | None = None,
        decimals: int | None = None,
    ) -> Shown:
        unit = figure.unit if unit is None else unit
        text = printed(value, figure.decimals if decimals is None else decimals)
        backing = Backing(
            label,
            figure.definition.scope,
            figure.definition.number,
            figure.postings,
            self.reading.backings.vouchers(figure.query),
        )
        marks = figure.marks if measure == "value" else tuple({"sample"} & set(figure.marks))
        return Shown(
            text + unit, value, unit, places(text), figure.reference, measure, backing, marks
        )

    def _goal(
        self, goal: Goal, label: str, what: str, value: Decimal, text: str, unit: str = ""
    ) -> Shown:
        sheet = goal.row.sheet
        unit = unit or goal.definition.unit
        scope = self.words.pattern("scopes.target").format(
            year=sheet.year, number=sheet.number, source=sheet.source
        )
        query = Query(goal.row.indicator.code, Period.year(sheet.year), goal.row.area)
        return Shown(
            text=text + unit,
            value=value,
            unit=unit,
            decimals=places(text),
            reference=query.reference(self.reading.known_at),
            measure=f"{what}:{goal.tier}",
            backing=Backing(self._goal_label(label, goal), scope, sheet.number),
            marks=("sample",) if sheet.is_sample else (),
        )

    def _goal_label(self, what: str, goal: Goal) -> str:
        return self._label(
            what,
            year=str(goal.row.sheet.year),
            name=self.reading.indicator(goal.row.indicator.code).zh,
            tier=self.words.tier(goal.tier, goal.tier_zh),
        )

    def _label(self, key: str, **values: str) -> str:
        return self.words.pattern(f"labels.{key}").format(**values)


def dimension_names() -> dict[str, str]:
    """The names of dimension values, by code."""
    return {
        value["code"]: value["zh"]
        for row in rules.load("dimensions.yaml")
        for value in row["values"]
    }
