"""Judgements in words: how a figure stands to its target, honestly.

At the end of a year a target is met or it is not: equality is 完成, only more is 超额, and 序时进度
is said only while the year runs (2021: 726.2 against 726 is 超额 by 0.2亿元; 16.0% against 16% is
完成, although the exact 16.0049% is a little more, because nobody can read the difference).
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.units import plain, rounded


class Outcome(StrEnum):
    """How a figure stands to a target; the keys of the wording."""

    EXCEEDED = "exceeded"
    MET = "met"
    SHORT = "short"
    AHEAD = "ahead"
    LEVEL = "level"
    BEHIND = "behind"


@dataclass(frozen=True)
class Judgement:
    """An outcome with its arithmetic. `gap` is in the unit of the figure, or in percentage points
    of progress while the year runs; never negative. `rate` is completion in percent."""

    outcome: Outcome
    gap: Decimal
    rate: Decimal | None


def judge(
    value: Decimal, target: Decimal, *, decimals: int, period: Period, polarity: str = "higher"
) -> Judgement:
    """Hold a figure against the year's target.

    To exceed, the figure as printed must be beyond the target; to fall short, the exact one must be
    below it. With polarity `lower`, less is better.
    """
    rate = completion(value, target)
    if period.end.number == 12:
        sign = -1 if polarity == "lower" else 1
        if sign * value < sign * target:
            return Judgement(Outcome.SHORT, abs(target - value), rate)
        gap = abs(rounded(value, decimals) - target)
        return Judgement(Outcome.EXCEEDED if gap else Outcome.MET, plain(gap), rate)
    if rate is None:
        return Judgement(
            Outcome.SHORT if value < target else Outcome.MET, abs(target - value), rate
        )
    with localcontext(prec=40):
        lead = rate - Decimal(100) * period.end.number / 12
    if rounded(lead, 1) == 0:
        return Judgement(Outcome.LEVEL, Decimal(0), rate)
    ahead = lead > 0 if polarity != "lower" else lead < 0
    return Judgement(Outcome.AHEAD if ahead else Outcome.BEHIND, lead.copy_abs(), rate)


def completion(value: Decimal, target: Decimal) -> Decimal | None:
    """value / target in percent, exact to 40 digits; None for a target that is not positive."""
    if target <= 0:
        return None
    with localcontext(prec=40):
        return plain(value / target * 100)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """part / whole in percent; None where there is no whole."""
    return completion(part, whole)


def direction(percent: Decimal, decimals: int) -> str:
    """`up`, `down` or, where nothing of it would be printed, `same`."""
    if rounded(percent, decimals) == 0:
        return "same"
    return "up" if percent > 0 else "down"
