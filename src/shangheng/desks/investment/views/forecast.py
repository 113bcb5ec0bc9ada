"""The landing forecast: which projects start this year, and how far to trust it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.ui.charts import ChartSeries, ChartSpec
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.selectors.forecast import (
    FEW_SCORED,
    Expected,
    Forecast,
    forecast_for,
)
from shangheng.engines.cases.rulebook import version_now
from shangheng.methods import landing
from shangheng.methods.landing.outlook import FEW

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A project as a row of the page."""

    one: Expected
    stage: str
    percent: Decimal | None
    lacking: str


@permission_required("investment.view")
@require_safe
def landing_forecast(request: HttpRequest) -> HttpResponse:
    """The chance of each project to start by the end of the year, what they come to, and how good
    such forecasts were."""
    found = forecast_for(person_of(request), at=moment_of(request).known_at)
    stages = {stage.id: stage.name for stage in version_now("investment_project").stages}
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "mean": _tenth(found.mean),
        "amount": round(found.amount, 2),
        "page": page,
        "lines": [_line(one, stages) for one in page],
        "few": FEW,
        "few_scored": FEW_SCORED,
        "calibration": _calibration(found) if found.is_scored else None,
        "scores": _scores(found) if found.is_scored else None,
    }
    return render(request, "investment/forecast.html", context)


def _line(one: Expected, stages: Mapping[str, str]) -> Line:
    percent = None if one.chance is None else _percent(one.chance)
    lacking = stages.get(one.lacking.stage, one.lacking.stage) if one.lacking else ""
    return Line(one, stages.get(one.stage, one.stage), percent, lacking)


def _tenth(value: float) -> Decimal:
    return Decimal(f"{value:.1f}")


def _percent(value: float) -> Decimal:
    return Decimal(f"{100 * value:.1f}")


def _scores(found: Forecast) -> dict[str, Decimal]:
    """Brier scores: ours, and those of the two base rates."""
    return {
        "ours": Decimal(f"{landing.brier(found.scored):.3f}"),
        "base": Decimal(f"{landing.brier(found.scored, 'base'):.3f}"),
        "staged": Decimal(f"{landing.brier(found.scored, 'staged'):.3f}"),
    }


def _calibration(found: Forecast) -> ChartSpec:
    """What was forecast against what came, in classes of chance."""
    classes = landing.bins(found.scored)
    widest = max(classes, key=lambda one: abs(one.said - one.came))
    words = {"said": _percent(widest.said), "came": _percent(widest.came)}
    return ChartSpec(
        title=_("偏得最多的一档：预测%(said)s%%，实际%(came)s%%") % words,
        unit="%",
        categories=[
            _("%(low)d%%—%(high)d%%（%(count)d个）")
            % {"low": round(100 * one.low), "high": round(100 * one.high), "count": one.count}
            for one in classes
        ],
        category_name=_("预测的概率"),
        series=[
            ChartSeries(_("平均预测"), [_percent(one.said) for one in classes], "plan"),
            ChartSeries(_("实际开工"), [_percent(one.came) for one in classes], "actual"),
        ],
        note=_("每季第一天，只用当时已知的事，预测当时在办的每个项目52周内会不会开工。"),
        decimals=1,
    )
