"""Who is credited with a project: shares between units, always 100 % together, and since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from shangheng.methods.wording import say

WHOLE = Decimal(100)


class UnfairShares(ValueError):
    """Shares that cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part of a project, in percent."""

    unit: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """Shares that hold from a day to another, both included; None: until another ruling."""

    holds_from: date
    holds_to: date | None
    shares: tuple[Share, ...]

    def covers(self, day: date) -> bool:
        """Whether they hold on a day."""
        return self.holds_from <= day and (self.holds_to is None or day <= self.holds_to)


def check_shares(shares: Sequence[Share]) -> None:
    """Each unit once, each part above zero, together exactly 100 %. Raises UnfairShares."""
    if not shares:
        raise UnfairShares(say("至少要有一个单位"))
    if len({share.unit for share in shares}) < len(shares):
        raise UnfairShares(say("同一个单位只能写一次"))
    if any(share.percent <= 0 for share in shares):
        raise UnfairShares(say("比例要大于0"))
    total = sum((share.percent for share in shares), Decimal(0))
    if total != WHOLE:
        raise UnfairShares(say("各单位比例合计是%(total)s%%，应当是100%%", total=f"{total:f}"))


def in_force(terms: Iterable[Term], day: date) -> Term | None:
    """The shares that hold on a day: of several, those that were ruled last (`terms` in that order)."""
    found = None
    for term in terms:
        if term.covers(day):
            found = term
    return found


def split(amount: Decimal, shares: Sequence[Share]) -> Mapping[int, Decimal]:
    """An amount by unit: exact, so that the parts always add up to it."""
    with localcontext(prec=60):
        return {share.unit: amount * share.percent / WHOLE for share in shares}
