"""Money in place: what a voucher counts for, when one is used twice, when money goes round.

Amounts are in 万 (10^4) of their currency, shares are fractions of one.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

WAN_IN_YI = Decimal(10_000)
CENT = Decimal("0.0000000001")
"""One 分 in 亿元."""


def number_key(number: str) -> str:
    """A voucher's number as it is compared: width, case, blanks and dashes make no other number.

    >>> number_key("No. 2021－0012")
    'NO20210012'
    """
    text = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in text if sign.isalnum())


def increment(total: Decimal, before: Iterable[Decimal]) -> Decimal:
    """What a cumulative voucher adds to those counted before; never negative.

    In whatever order they come, what a series of vouchers adds up to is its highest total.
    """
    return max(Decimal(0), total - max(before, default=Decimal(0)))


def in_yi_yuan(amount: Decimal, rate: Decimal) -> Decimal:
    """万 of a currency in 亿元, rounded half up to 分. `rate` is 人民币 for one of it."""
    return (amount * rate / WAN_IN_YI).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher as it is compared with others. `files` are the hashes of its scans."""

    key: int
    kind: str
    number: str
    amount: Decimal
    currency: str
    paid_on: date
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two vouchers that may be one: the other's key, and what is the same."""

    other: int
    same_number: bool
    same_file: bool
    same_payment: bool


def likenesses(voucher: Voucher, others: Iterable[Voucher]) -> Iterator[Likeness]:
    """The vouchers that one may already have been used as, itself excepted."""
    for other in others:
        if other.key == voucher.key:
            continue
        found = Likeness(
            other.key,
            same_number=bool(number_key(voucher.number))
            and (voucher.kind, number_key(voucher.number))
            == (other.kind, number_key(other.number)),
            same_file=bool(voucher.files & other.files),
            same_payment=(voucher.amount, voucher.currency, voucher.paid_on)
            == (other.amount, other.currency, other.paid_on),
        )
        if found.same_number or found.same_file or found.same_payment:
            yield found


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came or went: when, how much, from or to which group of companies."""

    key: int
    on: date
    amount: Decimal
    currency: str
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """Money that left to the group it came from: the keys of both, the days between, the part."""

    came: int
    left: int
    days: int
    part: Decimal | None
    alike: bool


def round_trips(
    came: Iterable[Payment], left: Iterable[Payment], *, window: int, tolerance: Decimal
) -> Iterator[RoundTrip]:
    """Each payment out, at most `window` days after one that came, to the same group.

    `alike` when the amounts differ by no more than `tolerance` (a fraction: fees); `part` is None
    between different currencies.
    """
    outgoing = list(left)
    for one in came:
        for other in outgoing:
            if not one.groups & other.groups:
                continue
            if not one.on <= other.on <= one.on + timedelta(days=window):
                continue
            part = other.amount / one.amount if one.currency == other.currency else None
            alike = part is not None and abs(part - 1) <= tolerance
            yield RoundTrip(one.key, other.key, (other.on - one.on).days, part, alike)


@dataclass(frozen=True, slots=True)
class Turn:
    """An amount of a posting that was rejected for a reason, or (below zero) that left rejection."""

    posting: int
    reason: str
    amount: int


def rejected_by_reason(turns: Iterable[Turn]) -> dict[str, int]:
    """What still stands rejected, by reason. What leaves again was rejected first.

    >>> rejected_by_reason([Turn(1, "a", 3), Turn(1, "b", 2), Turn(1, "", -4)])
    {'b': 1}
    """
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for turn in turns:
        if turn.amount > 0:
            held[turn.posting].append((turn.reason, turn.amount))
            continue
        leaving = -turn.amount
        while leaving and held[turn.posting]:
            reason, amount = held[turn.posting].pop(0)
            if amount > leaving:
                held[turn.posting].insert(0, (reason, amount - leaving))
            leaving -= min(amount, leaving)
    found: dict[str, int] = defaultdict(int)
    for rest in held.values():
        for reason, amount in rest:
            found[reason] += amount
    return dict(found)
