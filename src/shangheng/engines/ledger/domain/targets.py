"""The arithmetic of targets: value, growth and the base between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from shangheng.engines.ledger.domain.units import plain, rounded
from shangheng.methods.wording import say


class TargetRefused(ValueError):
    """A target that cannot be; the message gives the arithmetic."""


@dataclass(frozen=True)
class Base:
    """What a target was computed from: a value, its period, when it was known, who says so."""

    value: Decimal
    period: str
    known_at: datetime | None
    source: str


@dataclass(frozen=True)
class BaseCheck:
    """A target held against its base as the ledger knows it now."""

    remembered: Decimal
    now: Decimal | None
    moved: bool
    growth: Decimal | None  # as set, in percent
    growth_now: Decimal | None  # of the same value on the base as it is now
    value_now: Decimal | None  # what the growth as set comes to on the base as it is now

    @property
    def reverses(self) -> bool:
        """Whether a target that says growth is below the base as it is now."""
        return self.growth is not None and self.growth > 0 > (self.growth_now or Decimal(0))


def growth_percent(value: Decimal, base: Decimal) -> Decimal | None:
    """(value / base − 1) × 100, exact to 40 digits; None on a base that is not positive."""
    if base <= 0:
        return None
    with localcontext(prec=40):
        return plain((value / base - 1) * 100)


def value_for(growth: Decimal, base: Decimal) -> Decimal:
    """base × (1 + growth %), exact."""
    with localcontext(prec=60):
        return plain(base * (1 + growth / 100))


def settle(
    *, value: Decimal | None, growth: Decimal | None, base: Decimal | None, decimals: int, unit: str
) -> Decimal:
    """The value of a target typed as a value, as growth on a base, or as both.

    Typed as both they must agree: some base×(1+growth), with growth anywhere within half a unit of
    its last digit, must print as the value. Raises TargetRefused with the arithmetic.
    """
    if value is None and growth is None:
        raise TargetRefused(say("请填写目标值，或填写增幅"))
    if growth is None:
        return value if value is not None else Decimal(0)
    if base is None:
        raise TargetRefused(
            say("按增幅设目标需要上年基数，而台账中没有；请先补录基数，或直接填写目标值")
        )
    if value is None:
        return rounded(value_for(growth, base), decimals)
    low, high = (value_for(g, base) for g in _around(growth))
    half = _half_unit(value)
    if not low - half <= value <= high + half:
        raise TargetRefused(_disagreement(value, growth, base, decimals, unit))
    return value


def _disagreement(value: Decimal, growth: Decimal, base: Decimal, decimals: int, unit: str) -> str:
    """The arithmetic of a value and a growth that do not fit."""
    asked = rounded(value_for(growth, base), decimals)
    words = {"base": base, "growth": growth, "asked": asked, "unit": unit}
    actual = growth_percent(value, base)
    if actual is None:
        return say(
            "目标值与增幅不一致：基数%(base)s%(unit)s×(1+%(growth)s%%)=%(asked)s%(unit)s。请改正其一或核对基数",
            **words,
        )
    return say(
        "目标值与增幅不一致：基数%(base)s%(unit)s×(1+%(growth)s%%)=%(asked)s%(unit)s，"
        "目标%(value)s%(unit)s相当于%(actual)s%%。请改正其一或核对基数",
        **words,
        value=value,
        actual=f"{rounded(actual, 2):+}",
    )


def check_base(
    *, value: Decimal, growth: Decimal | None, remembered: Decimal, now: Decimal | None
) -> BaseCheck:
    """Hold a target against the base as known now."""
    return BaseCheck(
        remembered=remembered,
        now=now,
        moved=now is not None and now != remembered,
        growth=growth,
        growth_now=None if now is None else growth_percent(value, now),
        value_now=None if now is None or growth is None else value_for(growth, now),
    )


def reached(value: Decimal | None, tiers: Sequence[tuple[str, Decimal]], polarity: str) -> str:
    """The highest tier that a value reaches, or an empty text. `tiers` go from lowest to highest."""
    if value is None:
        return ""
    lower = polarity == "lower"
    met = [tier for tier, goal in tiers if (value <= goal if lower else value >= goal)]
    return met[-1] if met else ""


def _half_unit(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)


def _around(growth: Decimal) -> tuple[Decimal, Decimal]:
    return growth - _half_unit(growth), growth + _half_unit(growth)
