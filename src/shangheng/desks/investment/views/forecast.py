"""The landing forecast: which projects start and are paid, and how far to trust it."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.lists.showing import show
from shangheng.core.ui.charts import ChartSeries, ChartSpec
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.domain.amounts import hundredth, percent
from shangheng.desks.investment.listings.forecast import listing_of
from shangheng.desks.investment.selectors.forecast import latest, standing
from shangheng.desks.investment.services.forecasting import order_forecast
from shangheng.desks.investment.views.common import READ_AND_SEND
from shangheng.methods.landing import FEW

FEW_SCORED = 30
"""Scored forecasts below which no calibration is shown."""


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def landing_forecast(request: HttpRequest) -> HttpResponse:
    """The chance of each project to start and to be paid, what they come to, and how good such
    forecasts were."""
    known_at = moment_of(request).known_at
    forecast = latest(known_at)
    scores = forecast.scores if forecast else {}
    context = {
        "standing": standing(forecast, known_at),
        "few": FEW,
        "few_scored": FEW_SCORED,
        "reviews": [
            _review(scores.get("start", {}), _("开工"), _("实际开工")),
            _review(scores.get("paid", {}), _("到资"), _("实际到资")),
        ],
        "money": _money(scores.get("money", {})),
    }
    return show(request, listing_of(forecast), template="investment/forecast.html", context=context)


@permission_required("investment.view")
@require_POST
def forecast_order(request: HttpRequest) -> HttpResponse:
    """Have it worked out anew, as known at the moment of the page."""
    moment = moment_of(request)
    order_forecast(actor=person_of(request), at=timezone.now(), known_at=moment.known_at)
    messages.success(request, _("已开始重新计算，算好以后这一页会换成新的结果。"))
    return redirect(f"{reverse('landing-forecast')}?{moment.query}")


def _review(scores: dict[str, Any], name: str, came: str) -> dict[str, Any]:
    """Brier scores, ours beside those of the two base rates, and the calibration."""
    count = scores.get("count", 0)
    if count < FEW_SCORED:
        return {"name": name, "count": count}
    return {
        "name": name,
        "count": count,
        "scores": [
            (_("本预测"), Decimal(f"{scores['ours']:.3f}")),
            (_("只看环节的往年比例"), Decimal(f"{scores['staged']:.3f}")),
            (_("只看总的往年比例"), Decimal(f"{scores['base']:.3f}")),
        ],
        "chart": _calibration(scores["bins"], name, came),
    }


def _calibration(bins: list[list[float]], name: str, came_name: str) -> ChartSpec:
    """What was forecast against what came, in classes of chance."""
    _low, _high, _count, said, came = max(bins, key=lambda one: abs(one[3] - one[4]))
    words = {"name": name, "said": percent(said), "came": percent(came)}
    return ChartSpec(
        title=_("%(name)s偏得最多的一档：预测%(said)s%%，实际%(came)s%%") % words,
        unit="%",
        categories=[
            _("%(low)d%%—%(high)d%%（%(count)d个）")
            % {"low": round(100 * one[0]), "high": round(100 * one[1]), "count": one[2]}
            for one in bins
        ],
        category_name=_("预测的概率"),
        series=[
            ChartSeries(_("平均预测"), [percent(one[3]) for one in bins], "plan"),
            ChartSeries(came_name, [percent(one[4]) for one in bins], "actual"),
        ],
        note=_("每季第一天，只用当时已知的事，预测当时在办的每个项目52周内会不会%(name)s。")
        % {"name": name},
        decimals=1,
    )


def _money(scores: dict[str, Any]) -> dict[str, Any]:
    """What money past forecasts said in all, against what came."""
    count, days = scores.get("count", 0), scores.get("days", [])
    if count < FEW_SCORED:
        return {"count": count}
    said, came = (sum(one[place] for one in days) for place in (1, 2))
    words = {"said": hundredth(said / len(days)), "came": hundredth(came / len(days))}
    return {
        "count": count,
        "ours": hundredth(scores["ours"]),
        "base": hundredth(scores["base"]),
        "chart": ChartSpec(
            title=_("52周到资平均预测%(said)s亿元，实际%(came)s亿元") % words,
            unit="亿元",  # zh-data: a unit of measure
            categories=[one[0] for one in days],
            category_name=_("预测之日"),
            series=[
                ChartSeries(_("预测"), [hundredth(one[1]) for one in days], "plan"),
                ChartSeries(_("实际到资"), [hundredth(one[2]) for one in days], "actual"),
            ],
            note=_("当时能算的项目在此后52周的到资合计。"),
            decimals=2,
        ),
    }
