"""The chart of a what-if."""

from django.utils.translation import gettext as _

from shangheng.core.ui.charts import ChartSeries, ChartSpec
from shangheng.core.ui.figures import unit_after
from shangheng.desks.targets.domain.what_if import Outcome
from shangheng.desks.targets.selectors.sheets import SheetRow
from shangheng.desks.targets.sheet_words import printed


def tornado(row: SheetRow, outcome: Outcome) -> ChartSpec | None:
    """How far each uncertain part moves the year from what is expected; the widest first."""
    if not outcome.swings:
        return None
    unit, decimals = row.definition.unit, max(row.definition.decimals, 2)
    names = [swing.name or _("自然增长") for swing in outcome.swings]
    widest = outcome.swings[0]
    return ChartSpec(
        title=_("最不确定的是%(name)s：低则%(low)s，高则+%(high)s%(unit)s")
        % {
            "name": names[0],
            "low": printed(widest.low, decimals),
            "high": printed(widest.high, decimals),
            "unit": unit_after(unit),
        },
        unit=unit,
        categories=names,
        category_name=_("不确定的部分"),
        series=[
            ChartSeries(_("不来或偏低"), [s.low for s in outcome.swings], "past", "bar", "swing"),
            ChartSeries(
                _("来了或偏高"), [s.high for s in outcome.swings], "actual", "bar", "swing"
            ),
        ],
        note=_("相对于期望值的增减。增长点：不来与来；自然增长：八成可能的两端。"),
        decimals=decimals,
    )
