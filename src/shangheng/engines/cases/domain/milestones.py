"""Milestones: dated facts, never one mutable status.

“Reached” counts every stage whose milestone has occurred; “now at” counts a case once, at the furthest
of them. Both can be asked as at any day (when it occurred) and as known at any instant (when it was
recorded or reversed).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shangheng.engines.cases.domain.workflow import Version


@dataclass(frozen=True, slots=True)
class Event:
    """A stage was reached on a day, recorded at an instant, and perhaps reversed at another."""

    stage: str
    on: date
    recorded_at: datetime
    reversed_at: datetime | None = None

    def counts(self, day: date, known_at: datetime) -> bool:
        """Whether it had occurred by a day, as known at an instant."""
        known = self.recorded_at <= known_at
        stands = self.reversed_at is None or self.reversed_at > known_at
        return known and stands and self.on <= day


def reached(events: Iterable[Event], day: date, known_at: datetime) -> frozenset[str]:
    """The stages that a case had reached by a day, as known at an instant."""
    return frozenset(event.stage for event in events if event.counts(day, known_at))


def now_at(version: Version, events: Iterable[Event], day: date, known_at: datetime) -> str | None:
    """The furthest stage reached, by the order of the rule; None when there is none."""
    return max(reached(events, day, known_at), key=version.rank, default=None)
