"""Units of measure and exact storage.

An amount is kept as a whole number of the smallest unit of its measure (分 for money in 亿元, one
for a count), so that sums are exact on every database. A value that does not fit is refused,
never rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from typing import Any

from shangheng.methods.wording import after_number, named, say

LARGEST_AMOUNT = 2**62  # leaves room for sums in a signed 64-bit column


class UnfitValue(ValueError):
    """A value that cannot be stored exactly in its unit; the message says why."""


@dataclass(frozen=True)
class Unit:
    """A unit of measure: `exponent` decimals are stored (亿元: 10, down to 分)."""

    code: str
    en: str
    exponent: int
    kind: str

    @property
    def name(self) -> str:
        """Its name in the reader's language; a document takes `code`."""
        return named(self.code, self.en)

    @property
    def after(self) -> str:
        """Its name as it stands after a number, in the reader's language."""
        return after_number(self.code, self.en)

    def to_minor(self, value: Decimal) -> int:
        """`value` in this unit as a whole number of smallest units. Raises UnfitValue."""
        if not value.is_finite():
            raise UnfitValue(say("“%(value)s”不是数值", value=value))
        scaled = value.scaleb(self.exponent, Context(prec=60))
        if scaled != scaled.to_integral_value():
            raise UnfitValue(
                say(
                    "%(value)s%(unit)s 超过可保存的 %(places)d 位小数，请核对后重填",
                    value=value,
                    unit=self.after,
                    places=self.exponent,
                )
            )
        if abs(scaled) >= LARGEST_AMOUNT:
            raise UnfitValue(
                say("%(value)s%(unit)s 超出可保存的范围，请核对单位", value=value, unit=self.after)
            )
        return int(scaled)

    def from_minor(self, amount: int | Decimal) -> Decimal:
        """The exact value in this unit of a whole number of smallest units."""
        with localcontext(prec=60) as context:
            context.traps[Inexact] = True
            return plain(Decimal(amount).scaleb(-self.exponent))


def parse_units(rows: list[Mapping[str, Any]]) -> dict[str, Unit]:
    """Units by code, from `rules/units.yaml`."""
    return {
        row["code"]: Unit(row["code"], row["en"], int(row["exponent"]), row["kind"]) for row in rows
    }


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent: 726.2, 14, 0."""
    value = value.normalize(Context(prec=60))
    return (
        value.quantize(Decimal(1), context=Context(prec=60))
        if value == value.to_integral()
        else value
    )


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded once, half up, to `decimals` places, for printing only.

    GB/T 8170-2008 rounds half to even; offices print half up (四舍五入). The ledger keeps the exact
    value, so only the printed text depends on this choice.
    """
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=60))
