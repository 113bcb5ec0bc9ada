"""What a target sheet says in words, computed and never typed."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text, unit_after
from shangheng.desks.targets.words import named
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.units import plain, rounded
from shangheng.engines.ledger.selectors.targets import Goal


def printed(value: Decimal, decimals: int) -> str:
    """A value with at most `decimals` places, without zeros at the end."""
    return number_text(plain(rounded(value, decimals)))


def tier_word(code: str) -> str:
    """The name of a tier; its code when the rules no longer know it."""
    return next((named(row) for row in catalogue.tiers() if row["code"] == code), code)


def base_arithmetic(goal: Goal) -> str:
    """What the move of its base means for a target; empty while it has not moved.

    按增幅8%应为234.45；现值177实为−18.46%
    """
    check, decimals = goal.base_check, goal.definition.decimals
    if check is None or check.now is None or not check.moved:
        return ""
    words = {"value": printed(goal.value, decimals), "tier": tier_word(goal.tier)}
    if check.growth_now is None:
        return _("%(tier)s：现值%(value)s，基数已不是正数，没有增幅可言") % words
    words["now"] = printed(check.growth_now, 2)
    if check.growth is None or check.value_now is None:
        return _("%(tier)s：现值%(value)s按现基数为%(now)s%%") % words
    words["growth"] = number_text(plain(check.growth))
    words["should"] = printed(check.value_now, decimals)
    return _("%(tier)s：按增幅%(growth)s%%应为%(should)s；现值%(value)s实为%(now)s%%") % words


def base_moved(goal: Goal) -> str:
    """From what to what the base of a target has moved: 163.9 → 217.08亿元."""
    check = goal.base_check
    if check is None or check.now is None:
        return ""
    decimals = goal.definition.decimals
    return _("%(then)s → %(now)s%(unit)s") % {
        "then": printed(check.remembered, decimals),
        "now": printed(check.now, decimals),
        "unit": unit_after(goal.definition.unit),
    }


def moved_words(goals: Sequence[Goal]) -> str:
    """The bases of an indicator's targets that have moved, with the arithmetic of each target."""
    bases = list(dict.fromkeys(base_moved(goal) for goal in goals))
    told = [_("基数已变：%s") % _("、").join(bases), *(base_arithmetic(goal) for goal in goals)]
    return _("。").join(told)
