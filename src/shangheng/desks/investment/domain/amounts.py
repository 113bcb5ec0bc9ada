"""Amounts as they are shown: the digits that were entered, without the noughts of the column."""

from decimal import Decimal


def trimmed(value: Decimal | None) -> Decimal | None:
    """The same number without noughts at its end: 65.000000 → 65, 2.700000 → 2.7; None stays None."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
