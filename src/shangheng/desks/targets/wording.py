"""Findings in words: what a page says about an indicator, computed and never typed."""

from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text
from shangheng.desks.targets.selectors.standing import Standing
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.units import rounded
from shangheng.engines.ledger.selectors.targets import Goal
from shangheng.methods.pace import Standing as Pace

DECEMBER = 12


def amount(value: Decimal, figure: Figure) -> str:
    """A value of the figure's indicator, with its unit."""
    return number_text(value, figure.decimals) + figure.unit


def finding(figure: Figure, standing: Standing) -> str:
    """One sentence: where the indicator stands."""
    if figure.value is None:
        return _("%(period)s还没有数据") % {"period": figure.query.period.label}
    words = _("%(period)s为%(value)s") % {
        "period": figure.query.period.label,
        "value": amount(figure.value, figure),
    }
    against = against_target(figure, standing)
    return f"{words}，{against}" if against else words


def against_target(figure: Figure, standing: Standing) -> str:
    """How the figure stands to its highest tier, or to the highest it has reached."""
    if figure.value is None or not standing.goals:
        return ""
    goal = standing.reached or standing.goals[-1]
    target = _("%(tier)s目标%(value)s") % {
        "tier": goal.tier_zh,
        "value": amount(goal.value, figure),
    }
    return _verdict(figure.value, goal, target, standing)


def _verdict(value: Decimal, goal: Goal, target: str, standing: Standing) -> str:
    if goal is standing.reached:
        if value == goal.value:
            return _("完成%(target)s") % {"target": target}
        over = number_text(rounded(abs(value - goal.value), 2).normalize())
        return _("超过%(target)s，超出%(over)s%(unit)s") % {
            "target": target,
            "over": over,
            "unit": goal.definition.unit,
        }
    progress = standing.progress
    if progress is None:
        return _("未达到%(target)s") % {"target": target}
    done = number_text(rounded(progress.completion, 1))
    if progress.month == DECEMBER:
        return _("只完成%(target)s的%(done)s%%") % {"target": target, "done": done}
    return _("完成%(target)s的%(done)s%%，%(pace)s") % {
        "target": target,
        "done": done,
        "pace": pace_words(standing),
    }


def pace_words(standing: Standing) -> str:
    """How far ahead of or behind linear pace, in percentage points from unrounded values."""
    progress = standing.progress
    if progress is None or progress.lead is None:
        return ""
    points = number_text(rounded(abs(progress.lead), 1))
    if progress.standing() is Pace.AHEAD:
        return _("超序时进度%(points)s个百分点") % {"points": points}
    if progress.standing() is Pace.BEHIND:
        return _("欠序时进度%(points)s个百分点") % {"points": points}
    return _("与序时进度持平")
