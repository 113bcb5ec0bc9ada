"""Amounts as they are shown."""

from decimal import Decimal


def trimmed(value: Decimal | None) -> Decimal | None:
    """The digits that were entered, without the noughts of the column: 65.000000 → 65; None stays None."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def percent(chance: float) -> Decimal:
    """A chance in per cent, to one place: 0.1234 → 12.3."""
    return Decimal(f"{100 * chance:.1f}")


def hundredth(value: float) -> Decimal:
    """What was worked out, to two places: 1.234 → 1.23."""
    return Decimal(f"{value:.2f}")
