"""How good the projections of a series have been: past years replayed as they went by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shangheng.methods.pace.months import History, Known, checked
from shangheng.methods.pace.projection import Projection, project
from shangheng.methods.pace.seasonal import WINDOW


@dataclass(frozen=True)
class Replay:
    """A year that is over, as it was projected after one of its months."""

    year: int
    projection: Projection
    actual: Decimal

    @property
    def error(self) -> Decimal:
        """Projected over actual minus one, in percent."""
        return 100 * (self.projection.point - self.actual) / self.actual

    @property
    def inside(self) -> bool | None:
        """Whether the interval held the year end; None when no interval was given."""
        low, high = self.projection.low, self.projection.high
        return None if low is None or high is None else low <= self.actual <= high


def replay(
    series: History,
    years: Iterable[int],
    month: int,
    *,
    window: int = WINDOW,
    level: Decimal = Decimal("0.8"),
) -> tuple[Replay, ...]:
    """Project each of ``years`` after ``month``, from the ``window`` years before it only.

    A window of 0 replays linear pace. Years that cannot be judged are left out: not fully reported,
    or with a total of zero, of which no percentage can be taken.
    """
    replays = []
    for year in years:
        known = Known.of(series.get(year, ()))
        past = {y: series[y] for y in range(year - window, year) if y in series}
        seen = series.get(year, ())[: checked(month)]
        projection = project(seen, past, level=level, window=max(window, 1))
        if projection is not None and known.complete and known.total:
            replays.append(Replay(year, projection, known.total))
    return tuple(replays)


def mean_absolute_error(replays: Sequence[Replay]) -> Decimal | None:
    """Mean absolute percentage error of the projected year ends; None without a year."""
    errors = [abs(each.error) for each in replays]
    return sum(errors, Decimal(0)) / len(errors) if errors else None


def coverage(replays: Sequence[Replay]) -> Decimal | None:
    """Share of the intervals that held the year end, in percent; None without an interval."""
    inside = [each.inside for each in replays if each.inside is not None]
    return Decimal(100 * sum(inside)) / len(inside) if inside else None
