"""How a case or a task stands against its deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shangheng.engines.cases.domain.calendar import (
    Pause,
    UnknownYear,
    WorkCalendar,
    add_working_days,
    working_days_between,
)
from shangheng.engines.cases.domain.workflow import Clock


class Pressure(StrEnum):
    """How near a deadline is."""

    NONE = "none"  # there is no deadline
    PAUSED = "paused"  # the clock stands still
    UNKNOWN = "unknown"  # it falls into a year whose holidays are not known yet
    AHEAD = "ahead"
    SOON = "soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"  # overdue for so long that those who lead hear of it


@dataclass(frozen=True, slots=True)
class Due:
    """The last day (None where there is none) and the working days left; negative when overdue."""

    on: date | None
    pressure: Pressure
    left: int | None = None


def due_day(
    calendar: WorkCalendar, clock: Clock | None, since: date, pauses: Sequence[Pause]
) -> Due:
    """The last day of a clock that started on `since`, without saying how near it is."""
    if clock is None:
        return Due(None, Pressure.NONE)
    if any(pause.until is None for pause in pauses):
        return Due(None, Pressure.PAUSED)
    try:
        return Due(add_working_days(calendar, since, clock.days, pauses), Pressure.AHEAD)
    except UnknownYear:
        return Due(None, Pressure.UNKNOWN)


def pressure(
    calendar: WorkCalendar, last: date, today: date, *, soon: int = 1, escalate: int | None = None
) -> Due:
    """How a last day looks from today. Its own day still counts: overdue begins the day after."""
    try:
        left = working_days_between(calendar, today, last)
    except UnknownYear:
        return Due(last, Pressure.OVERDUE if last < today else Pressure.UNKNOWN)
    if last >= today:
        return Due(last, Pressure.SOON if left <= soon else Pressure.AHEAD, left)
    late = escalate is not None and -left >= escalate
    return Due(last, Pressure.ESCALATED if late else Pressure.OVERDUE, left)
