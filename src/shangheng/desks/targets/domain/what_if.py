"""What the coming year may come to: the year before, grown, and the growth points on top.

    year = base × (1 + organic growth) + Σ (growth point, when it comes)

Organic growth follows the indicator's own past, or a range that somebody assumes. A growth point
comes with its probability and then brings anything between its low and its high end alike. The
points are independent of each other and of the organic growth. Expected values are exact; the
chances and the interval come from a fixed sequence of draws, so that the same question always has
the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shangheng.methods.wording import say

Draws = NDArray[np.float64]

FEWEST = 3
"""Past growths below which history says nothing: with two, Student's t has one degree of freedom
and thereby no mean."""

DRAWS = 100_000
SEED = 20211231
LEVEL = Decimal("0.8")
STEP = Decimal("0.1")
_REACH = (
    1.2815515655446004  # standard deviations from the middle to the ends of 80 % of a normal law
)
_HUNDRED = Decimal(100)


class BadAssumption(ValueError):
    """An assumed range that is none; the message says why."""


@dataclass(frozen=True)
class Organic:
    """Growth of a year without growth points, in percent: `middle` and the spread about it.

    With `freedom` the law is Student's t, learnt from `growths` of past years; without it, normal
    and assumed.
    """

    middle: Decimal
    spread: float
    freedom: int | None = None
    growths: tuple[Decimal, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether somebody has typed it."""
        return self.freedom is None

    @classmethod
    def learnt(cls, growths: Sequence[Decimal]) -> "Organic | None":
        """The predictive law of one more growth after `growths`; None after fewer than three.

        Mean m and standard deviation s of n growths: m + s √(1 + 1/n) · t with n − 1 degrees of
        freedom (Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.2).
        """
        count = len(growths)
        if count < FEWEST:
            return None
        with localcontext(prec=28):
            middle = sum(growths, Decimal(0)) / count
            square = sum(((growth - middle) ** 2 for growth in growths), Decimal(0)) / (count - 1)
        spread = float(square.sqrt()) * (1 + 1 / count) ** 0.5
        return cls(middle, spread, count - 1, tuple(growths))

    @classmethod
    def between(cls, low: Decimal, high: Decimal) -> "Organic":
        """An assumption: growth lies between `low` and `high` percent in four cases of five."""
        if high < low:
            raise BadAssumption(say("增幅的高值不能小于低值"))
        if low <= -_HUNDRED:
            raise BadAssumption(say("增幅应大于-100%%"))
        return cls((low + high) / 2, float(high - low) / 2 / _REACH)

    def draw(self, rng: np.random.Generator, count: int) -> Draws:
        """Growths in percent; a year cannot fall by more than everything."""
        unit = (
            rng.standard_normal(count)
            if self.freedom is None
            else rng.standard_t(self.freedom, count)
        )
        return np.maximum(float(self.middle) + self.spread * unit, -100.0)


@dataclass(frozen=True)
class Point:
    """A posting to come: from `low` to `high` in the indicator's unit, with a chance in percent."""

    name: str
    low: Decimal
    high: Decimal
    probability: Decimal

    @property
    def middle(self) -> Decimal:
        """What it brings on average when it comes."""
        return (self.low + self.high) / 2

    @property
    def expected(self) -> Decimal:
        """What it brings on average, its chance counted in."""
        return self.middle * self.probability / _HUNDRED


@dataclass(frozen=True)
class Swing:
    """How far one uncertain part moves the year from what is expected: down to `low`, up to `high`.

    For a growth point these are “does not come” and “comes”; for the organic growth, the ends of
    its 80 % interval.
    """

    name: str
    expected: Decimal
    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """The length of the bar."""
        return self.high - self.low


@dataclass(frozen=True)
class Outcome:
    """The coming year. Amounts in the indicator's unit, chances in percent, by tier as given."""

    base: Decimal
    organic: Organic
    grown: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    chances: tuple[Decimal, ...]
    swings: tuple[Swing, ...]


def what_if(
    base: Decimal,
    organic: Organic,
    points: Sequence[Point],
    goals: Sequence[Decimal] = (),
    *,
    polarity: str = "higher",
    draws: int = DRAWS,
) -> Outcome:
    """What the coming year may come to, and the chance of each goal.

    Chances keep 0.1 from 0 and 100 unless nothing is uncertain. Raises ValueError for a base that
    is not positive: there is nothing to grow from.
    """
    if base <= 0:
        raise ValueError(f"the base of a what-if is positive, not {base}")
    rng = np.random.default_rng(SEED)
    grown = float(base) * (1 + organic.draw(rng, draws) / 100)
    total = grown + sum((_brought(point, rng, draws) for point in points), np.zeros(draws))
    certain = organic.spread == 0 and all(
        point.probability == _HUNDRED and point.low == point.high for point in points
    )
    middle = base * (1 + organic.middle / _HUNDRED)
    low, high = _ends(total)
    return Outcome(
        base=base,
        organic=organic,
        grown=middle,
        expected=middle + sum((point.expected for point in points), Decimal(0)),
        low=low,
        high=high,
        chances=tuple(_chance(total, goal, polarity, certain=certain) for goal in goals),
        swings=_swings(organic, grown, middle - base, points),
    )


def growths_of(totals: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Growths in percent between neighbouring years; a year that is missing leaves both out."""
    with localcontext(prec=28):
        return tuple(
            (now / before - 1) * _HUNDRED
            for before, now in pairwise(totals)
            if before is not None and now is not None and before > 0
        )


def _brought(point: Point, rng: np.random.Generator, count: int) -> Draws:
    comes = rng.random(count) < float(point.probability / _HUNDRED)
    amounts: Draws = rng.uniform(float(point.low), float(point.high), count)
    return comes * amounts


def _ends(total: Draws) -> tuple[Decimal, Decimal]:
    tail = float((1 - LEVEL) / 2)
    low, high = np.quantile(total, [tail, 1 - tail])
    return _decimal(low), _decimal(high)


def _chance(total: Draws, goal: Decimal, polarity: str, *, certain: bool) -> Decimal:
    wanted = float(goal)
    slack = abs(wanted) * 1e-12  # sums of binary fractions miss an equal decimal by their last bit
    reached = total <= wanted + slack if polarity == "lower" else total >= wanted - slack
    chance = Decimal(float(np.mean(reached)) * 100).quantize(STEP)
    return chance if certain else min(max(chance, STEP), _HUNDRED - STEP)


def _swings(
    organic: Organic, grown: Draws, expected: Decimal, points: Sequence[Point]
) -> tuple[Swing, ...]:
    low, high = _ends(grown)
    middle = _decimal(float(np.median(grown)))
    parts = [
        Swing(point.name, point.expected, -point.expected, point.middle - point.expected)
        for point in points
    ]
    if organic.spread:
        parts.append(Swing("", expected, low - middle, high - middle))
    return tuple(sorted(parts, key=lambda part: part.width, reverse=True))


def _decimal(value: float) -> Decimal:
    """A drawn amount to six significant digits: the draws know no more."""
    return Decimal(f"{value:.6g}")
