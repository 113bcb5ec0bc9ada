"""What a figure of the ledger must offer to be drawn, and how its number is written.

A figure is drawn by one template tag only, ``{% figure %}``, so that its marks, its accessible words and
its way to the provenance page are the same everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shangheng import rules
from shangheng.methods.wording import after_number, named

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EM DASH}"


class FigureLike(Protocol):
    """One number of the ledger as a page shows it.

    It may also name its printed places as ``decimals: int``; without them every digit is printed.
    """

    @property
    def value(self) -> Decimal | None:
        """The number in ``unit``; None when nothing is known, which is not zero."""

    @property
    def unit(self) -> str:
        """The unit by its code, such as 亿元; empty for a pure number."""

    @property
    def reference(self) -> str:
        """The path under ``/figures/`` that leads to the provenance; empty when there is none."""

    @property
    def marks(self) -> Sequence[str]:
        """Keys of ``MARKS`` that hold for this number."""


@dataclass(frozen=True)
class Amount:
    """An amount drawn by the figure tag that is no figure of its own: it leads to no provenance."""

    value: Decimal | None
    unit: str
    marks: Sequence[str] = ()
    reference: str = ""


@dataclass(frozen=True)
class Mark:
    """A status mark: a word, and a shape drawn in a box of 10 × 10.

    Without a shape the word itself stands, where there is little room only its end, `short`.
    """

    word: str | Promise
    path: str
    solid: bool = True
    tone: str = ""
    short: str | Promise = ""


MARKS: dict[str, Mark] = {
    "recognised": Mark(_("已认定"), "M1.5 1.5h7v7h-7z"),
    "pending": Mark(_("待认定"), "M1.5 1.5h7v7h-7zM5 2.5v5h2.5v-5z"),
    "restated": Mark(_("已修订"), "M2.2 3.4A3.6 3.6 0 1 1 1.6 6M2.3 .9v2.7H5", solid=False),
    "sample": Mark(_("示例"), "", short=_("例")),
    "conflict": Mark(_("有矛盾"), "M5 1 9.4 9H.6zM5 4v2.2M5 7.4v.3", solid=False, tone="bad"),
    "missing": Mark(_("缺数"), "", short=_("缺数")),
}


def number_text(value: Decimal, decimals: int | None = None) -> str:
    """Write ``value`` with thousands separators and a real minus sign.

    Without ``decimals`` every digit is printed. With it the number is padded, or rounded half up as offices
    print (四舍五入; GB/T 8170-2008 would round half to even).
    """
    with localcontext(prec=MAX_PREC, rounding=ROUND_HALF_UP):
        text = f"{value:,f}" if decimals is None else f"{value:,.{decimals}f}"
    if text.startswith("-"):
        return text[1:] if not any(c in "123456789" for c in text) else MINUS + text[1:]
    return text


def unit_text(unit: str) -> str:
    """A unit of measure in the reader's language; what is no unit of the rules stays as it is."""
    return named(unit, _english_units().get(unit, unit))


def unit_after(unit: str) -> str:
    """A unit as it stands after a number: 亿元, or apart from the number in English."""
    return after_number(unit, _english_units().get(unit, unit))


@cache
def _english_units() -> dict[str, str]:
    return {row["code"]: row["en"] for row in rules.load("units.yaml")}


def padding_text(text: str, align: int) -> str:
    """Return the invisible characters that bring the decimal point of ``text`` to ``align`` places."""
    fraction = text.partition(".")[2]
    if len(fraction) >= align:
        return ""
    return ("" if fraction else ".") + "0" * (align - len(fraction))
