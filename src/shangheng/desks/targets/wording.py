"""Findings in words: what a page says about an indicator, computed and never typed."""

from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text, unit_after
from shangheng.desks.targets.selectors.standing import Standing
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.selectors.targets import Goal


def amount(value: Decimal, figure: Figure) -> str:
    """A value of the figure's indicator, with its unit."""
    return number_text(value, figure.decimals) + unit_after(figure.unit)


def finding(figure: Figure, standing: Standing) -> str:
    """One sentence: where the indicator stands."""
    if figure.value is None:
        return _("%(period)s还没有数据") % {"period": figure.query.period.name}
    words = _("%(period)s为%(value)s") % {
        "period": figure.query.period.name,
        "value": amount(figure.value, figure),
    }
    parts = [words, growth_words(figure), against_target(figure, standing)]
    return _("，").join(part for part in parts if part)


def growth_words(figure: Figure) -> str:
    """How the figure stands to the same months of the year before."""
    percent = figure.growth.percent
    if percent is None or figure.parts:
        return ""
    points = {"points": number_text(rounded(abs(percent), 1))}
    if rounded(percent, 1) == 0:
        return _("与上年同期持平")
    return _("同比增长%(points)s%%") % points if percent > 0 else _("同比下降%(points)s%%") % points


def against_target(figure: Figure, standing: Standing) -> str:
    """How the figure stands to its highest tier, or to the highest it has reached."""
    if figure.value is None or not standing.goals:
        return ""
    goal = standing.reached or standing.goals[-1]
    target = _("%(tier)s目标%(value)s") % {
        "tier": goal.tier_name,
        "value": amount(goal.value, figure),
    }
    return _verdict(figure.value, goal, target, standing)


def _verdict(value: Decimal, goal: Goal, target: str, standing: Standing) -> str:
    if goal is standing.reached:
        beyond = rounded(abs(value - goal.value), 2)
        if not beyond:
            return _("完成%(target)s") % {"target": target}
        over = number_text(beyond.normalize())
        return _("超过%(target)s，超出%(over)s%(unit)s") % {
            "target": target,
            "over": over,
            "unit": unit_after(goal.definition.unit),
        }
    progress = standing.progress
    if progress is None:
        return _("未达到%(target)s") % {"target": target}
    done = number_text(rounded(progress.completion, 1))
    if not standing.pace_words:
        return _("只完成%(target)s的%(done)s%%") % {"target": target, "done": done}
    return _("完成%(target)s的%(done)s%%，%(pace)s") % {
        "target": target,
        "done": done,
        "pace": standing.pace_words,
    }
