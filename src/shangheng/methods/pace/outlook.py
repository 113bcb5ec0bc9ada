"""What is still to come of a year, as a distribution learnt from back-test errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import Self

from shangheng.methods.pace import student
from shangheng.methods.pace.rules import Rule, Trial

FEWEST_ERRORS = 2
"""Back-test errors below which nothing is said of likelihood: three past years are needed."""


@dataclass(frozen=True)
class Outlook:
    """The rest of a year: its projection, and errors that follow Student's t about zero.

    ``spread`` is the root mean square of the back-test errors on the scale of ``rule``, and
    ``freedom`` their number: with few of them the tails are heavy, as they should be.
    """

    rule: Rule
    rest: float
    spread: float
    freedom: int

    @classmethod
    def learn(cls, rule: Rule, rest: float, trials: Sequence[Trial]) -> Self | None:
        """Learn the spread from back-tests; None when there are too few of them."""
        if len(trials) < FEWEST_ERRORS:
            return None
        errors = [rule.error(trial.actual.rest, trial.projected) for trial in trials]
        return cls(rule, rest, sqrt(fmean(error**2 for error in errors)), len(errors))

    def interval(self, level: float) -> tuple[float, float]:
        """Bounds that hold the rest with probability ``level``, with equal tails."""
        reach = student.quantile(0.5 + level / 2, self.freedom) * self.spread
        return self.rule.shift(self.rest, -reach), self.rule.shift(self.rest, reach)

    def chance(self, needed: float) -> float:
        """Probability that the rest is ``needed`` or more."""
        if self.spread == 0:
            return 1.0 if self.rest >= needed else 0.0
        short = self.rule.error(needed, self.rest) / self.spread
        return student.cumulative(-short, self.freedom)
