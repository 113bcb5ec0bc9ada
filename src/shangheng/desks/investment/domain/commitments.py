"""Commitments (承诺): what was promised against what was done, and what must not be paid yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from shangheng.methods.wording import say

SOON = timedelta(days=30)


class Side(StrEnum):
    """Who promised."""

    INVESTOR = "investor"
    DISTRICT = "district"


class Review(StrEnum):
    """The outcome of the fair-competition review (公平竞争审查) of a clause."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"
    PASSED = "passed"
    CHANGED = "changed"  # passed as changed
    FAILED = "failed"


class State(StrEnum):
    """How a commitment stands on a day."""

    KEPT = "kept"
    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Promise:
    """`amount` None: it is kept or not, without a number. `done` is what was done so far."""

    amount: Decimal | None
    due_on: date | None
    done: Decimal
    is_done: bool

    @property
    def part(self) -> Decimal | None:
        """What is done, in percent of what was promised; None without a number."""
        return None if self.amount is None else self.done / self.amount * 100

    def state(self, day: date) -> State:
        """How it stands on a day, the due day included."""
        if self.is_done or (self.amount is not None and self.done >= self.amount):
            return State.KEPT
        if self.due_on is None:
            return State.OPEN
        if self.due_on < day:
            return State.OVERDUE
        return State.SOON if self.due_on <= day + SOON else State.OPEN


def needs_review(side: str, kind: str) -> bool:
    """Whether a clause is a policy measure towards an undertaking, to be reviewed before it is signed.

    公平竞争审查条例 (State Council Decree 783, in force since 2024-08-01), articles 2 and 10.
    """
    return side == Side.DISTRICT and kind in {"support", "land", "tax"}


def why_not_paid(side: str, kind: str, review: str) -> str:
    """Why nothing may be paid or granted under a clause; "" when it may."""
    if side != Side.DISTRICT or not needs_review(side, kind):
        return ""
    if review == Review.FAILED:
        return say("这一条没有通过公平竞争审查，不能兑付")
    if review not in {Review.PASSED, Review.CHANGED}:
        return say("这一条还没有公平竞争审查结论，不能兑付")
    return ""
