"""序时进度: how far along a target is, against how far along it should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from shangheng.methods.pace.months import MONTHS, checked
from shangheng.methods.pace.seasonal import Shares

type Plan = Sequence[Decimal | None]
"""Twelve cumulative amounts planned for the ends of the months; ``None`` is not planned."""


class Basis(StrEnum):
    """What the progress is measured against."""

    LINEAR = "linear"
    PLAN = "plan"
    SEASONAL = "seasonal"


class Standing(StrEnum):
    """Where a figure stands against its pace: 超, 达到 or 欠."""

    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"


@dataclass(frozen=True)
class Progress:
    """Completion of a target against the time gone, all in percent and unrounded.

    ``expected`` is None when the plan says nothing about this month; then there is no lead.
    ``month`` is the last month counted.
    """

    completion: Decimal
    expected: Decimal | None
    lead: Decimal | None
    met: bool | None
    month: int
    basis: Basis

    def standing(self, places: int = 1) -> Standing | None:
        """Say 超, 达到 or 欠 for a lead printed with ``places`` decimals.

        欠 is exact: no shortfall is rounded away. 超 needs a lead that can be seen in print; one
        that prints as 0.0 is 达到. None when nothing is expected of this month.
        """
        if self.lead is None or self.met is None:
            return None
        if not self.met:
            return Standing.BEHIND
        printed = self.lead.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return Standing.AHEAD if printed > 0 else Standing.ON


def progress(
    actual: Decimal,
    target: Decimal,
    month: int,
    *,
    plan: Plan | None = None,
    shares: Shares | None = None,
) -> Progress:
    """Measure ``actual`` (January to ``month``) against the annual ``target``, same unit.

    The pace is linear, months/12, unless a cumulative ``plan`` or the seasonal ``shares`` of past
    years are given. A plan counts as a share of its own December value, so that one plan serves
    every tier. The arithmetic is exact; lead and lag are differences of unrounded percentages.
    Raises ValueError for a target that is not positive, for both plan and shares, or a bad month.
    """
    if target <= 0:
        raise ValueError(f"completion needs a positive target, not {target}")
    if plan is not None and shares is not None:
        raise ValueError("measure against a plan or against seasonal shares, not both")
    completion = Fraction(actual) * 100 / Fraction(target)
    basis, expected = _expected(checked(month), plan, shares)
    lead = None if expected is None else completion - expected
    return Progress(
        completion=_decimal(completion),
        expected=None if expected is None else _decimal(expected),
        lead=None if lead is None else _decimal(lead),
        met=None if lead is None else lead >= 0,
        month=month,
        basis=basis,
    )


def _expected(
    month: int, plan: Plan | None, shares: Shares | None
) -> tuple[Basis, Fraction | None]:
    if plan is not None:
        return Basis.PLAN, _planned(plan, month)
    if shares is not None:
        return Basis.SEASONAL, Fraction(shares.at(month))
    return Basis.LINEAR, Fraction(100 * month, MONTHS)


def _planned(plan: Plan, month: int) -> Fraction | None:
    if len(plan) != MONTHS:
        raise ValueError(f"a plan names all {MONTHS} months (None where open), not {len(plan)}")
    due, whole = plan[month - 1], plan[-1]
    if due is None or whole is None:
        return None
    if whole <= 0:
        raise ValueError(f"a plan needs a positive December value, not {whole}")
    return Fraction(due) * 100 / Fraction(whole)


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)
