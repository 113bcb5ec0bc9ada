"""Charts of the targets desk, each with its finding as the title."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from shangheng.core.ui.charts import ChartLine, ChartSeries, ChartSpec
from shangheng.desks.targets.selectors.indicator import Breakdown, IndicatorPage
from shangheng.desks.targets.selectors.standing import PACED
from shangheng.desks.targets.wording import amount, finding
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Month


def course(page: IndicatorPage) -> ChartSpec | None:
    """The year month by month, cumulated where the indicator adds up, beside the year before."""
    figure = page.row.figure
    months = list(figure.query.period.months())
    if len(months) < 2 or not figure.months:
        return None
    adds_up = figure.definition.form in PACED
    year = figure.query.period.start.year
    series = [ChartSeries(_("%s年") % year, _values(figure, months, adds_up), "actual", "line")]
    earlier = [p for p in page.past if p.query.period == figure.query.period.year_earlier()]
    for past in earlier:
        values = _values(past, [month.plus(-12) for month in months], adds_up)
        series.append(ChartSeries(_("%s年") % (year - 1), values, "past", "line"))
    return ChartSpec(
        title=finding(figure, page.row.standing),
        unit=figure.unit,
        categories=[_("%s月") % month.number for month in months],
        category_name=_("累计到") if adds_up else _("月份"),
        series=series,
        lines=[
            ChartLine(f"{goal.tier_name} {goal.value}", goal.value)
            for goal in page.row.standing.goals
        ],
        decimals=figure.decimals,
    )


def split(page: IndicatorPage, breakdown: Breakdown) -> ChartSpec:
    """Who or what contributed how much."""
    figure = page.row.figure
    largest = breakdown.parts[0]
    share = "" if largest.share is None else f"{largest.share:.1f}%"
    return ChartSpec(
        title=_("%(name)s最多，占%(share)s") % {"name": largest.name, "share": share},
        unit=figure.unit,
        categories=[part.name for part in breakdown.parts],
        category_name=breakdown.name or _("责任单位"),
        series=[ChartSeries(_("合计"), [part.figure for part in breakdown.parts], "actual", "bar")],
        decimals=figure.decimals,
    )


def years(page: IndicatorPage) -> ChartSpec | None:
    """The same period of past years."""
    figures = [*reversed(page.past), page.row.figure]
    if len(figures) < 2 or page.row.figure.value is None:
        return None
    first = figures[0]
    return ChartSpec(
        title=_("从%(first)s年的%(then)s到%(last)s年的%(now)s")
        % {
            "first": first.query.period.start.year,
            "then": amount(first.value or Decimal(0), first),
            "last": page.row.figure.query.period.start.year,
            "now": amount(page.row.figure.value, page.row.figure),
        },
        unit=page.row.figure.unit,
        categories=[_("%s年") % f.query.period.start.year for f in figures],
        category_name=_("年份"),
        series=[ChartSeries(page.row.indicator.name, figures, "actual", "column")],
        decimals=page.row.figure.decimals,
    )


def beside(page: IndicatorPage) -> ChartSpec | None:
    """Ours beside the other areas that can be compared over the same months."""
    found = [one for one in page.row.comparison if one.points is not None]
    if not found:
        return None
    ours = found[0].ours
    found = [one for one in found if one.ours == ours]
    sides = [found[0].sides[0], *(one.sides[1] for one in found)]
    return ChartSpec(
        title=_("，").join(one.words for one in found[:2]),
        unit="%",
        categories=[catalogue.area_name(ours.query.area), *(one.area for one in found)],
        category_name=_("地区"),
        series=[ChartSeries(ours.query.period.name, sides, "actual", "bar")],
        decimals=1,
    )


def _values(figure: Figure, months: Sequence[Month], adds_up: bool) -> list[Decimal | None]:
    """The value at each month up to the last with data; cumulated where it adds up."""
    through = figure.through
    raw = [figure.months.get(month) for month in months]
    if not adds_up:
        return raw
    sums = accumulate(value or Decimal(0) for value in raw)
    return [
        total if through is not None and month <= through else None
        for month, total in zip(months, sums, strict=True)
    ]
