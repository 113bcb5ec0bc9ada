"""Instants and days, in the bureau's local time."""

from datetime import date, datetime, timedelta

TICK = timedelta(microseconds=1)


def last_day_known(known_at: datetime) -> date:
    """The last day that has wholly passed at a local instant (23:59:59.999999 counts as passed)."""
    return (known_at + TICK).date() - timedelta(days=1)
