"""Student's t distribution with whole degrees of freedom, as few back-test errors need it."""

from math import atan, cos, inf, pi, sin, sqrt


def cumulative(t: float, freedom: int) -> float:
    """Probability that a Student variable with ``freedom`` degrees is at most ``t``.

    Exact finite series: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3-26.7.4.
    """
    angle = atan(t / sqrt(freedom))
    square = cos(angle) ** 2
    odd = freedom % 2
    term = total = 1.0
    for k in range(2 + odd, freedom, 2):
        term *= square * (k - 1) / k
        total += term
    if odd:
        within = angle if freedom == 1 else angle + sin(angle) * cos(angle) * total
        return 0.5 + within / pi
    return 0.5 + sin(angle) * total / 2


def quantile(probability: float, freedom: int) -> float:
    """The ``t`` that a Student variable stays below with ``probability``, by bisection.

    Raises ValueError when the probability is not strictly between 0 and 1.
    """
    if not 0 < probability < 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {probability}")
    if probability < 0.5:
        return -quantile(1 - probability, freedom)
    high = 1.0
    while cumulative(high, freedom) < probability and high < inf:
        high *= 2
    low = 0.0
    while low < (middle := (low + high) / 2) < high:
        if cumulative(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high
