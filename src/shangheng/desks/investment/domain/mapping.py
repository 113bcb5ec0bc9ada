"""The map as it is drawn: a window on the globe of a fixed shape, its grid, its scale.

Plate carrée about the middle of the window: a degree of longitude is as long as it is there. Within a
city that is true to a few parts in ten thousand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, cos, floor, log10, radians

from shangheng.methods.datums import wgs84_of_gcj02

METRES = 111_320.0
"""Metres in a degree of latitude; a degree of longitude has its cosine times as many."""
COLUMNS, ROWS = 20, 12
"""Cells of the grid by which places are put together, hence the shape of the window."""
TO_THE_LEFT = 80
"""Per cent from the left beyond which a name stands to the left of its place."""
WIDE, HIGH, SIGN, LINE, GAP, RADIUS = 640, 384, 14, 18, 10, 14
"""Pixels of the smallest map on which names are written, of a sign, a line, the gap before a name, and
the largest mark. On a larger one they stand farther apart."""
LONGEST = 14
"""Signs of a name that are written."""
LEAST = 0.004
"""Degrees of latitude below which nothing is made larger: about 450 metres."""
DIGITS = 6
GCJ02 = "gcj02"
"""How an address or a file says that coordinates are those of a Chinese map."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is drawn, in degrees of WGS-84."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """In degrees of longitude."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """In degrees of latitude."""
        return self.north - self.south

    @property
    def metres(self) -> float:
        """How wide it is at its middle."""
        return self.width * METRES * _narrowing(self)

    @property
    def code(self) -> str:
        """How an address carries it."""
        return ",".join(f"{value:.{DIGITS}f}" for value in self.corners)

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    def across(self, longitude: float) -> float:
        """How far to the right that is, in per cent."""
        return round(100 * (longitude - self.west) / self.width, 2)

    def down(self, latitude: float) -> float:
        """How far down that is, in per cent."""
        return round(100 * (self.north - latitude) / self.height, 2)

    def moved(self, east: float, north: float) -> "Window":
        """Moved by shares of its own size; not beyond the poles and the date line."""
        right = max(-180 - self.west, min(180 - self.east, east * self.width))
        up = max(-90 - self.south, min(90 - self.north, north * self.height))
        return Window(self.west + right, self.south + up, self.east + right, self.north + up)

    def scaled(self, by: float) -> "Window":
        """As much wider about the same middle."""
        return shaped(
            *_about(self.west, self.east, self.width * by),
            *_about(self.south, self.north, self.height * by),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule: per cent from the left or from the top, and its degrees."""

    at: float
    degrees: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale bar: its length in metres and in per cent of the width."""

    metres: int
    share: float

    @property
    def kilometres(self) -> int:
        """The same in kilometres, where it is at least one."""
        return self.metres // 1000


def in_wgs84(longitude: Decimal, latitude: Decimal) -> tuple[Decimal, Decimal]:
    """What a Chinese map gave (GCJ-02), as places are kept: WGS-84, six decimals."""
    lon, lat = wgs84_of_gcj02((float(longitude), float(latitude)))
    return Decimal(f"{lon:.{DIGITS}f}"), Decimal(f"{lat:.{DIGITS}f}")


def read_window(code: str) -> Window | None:
    """A window from an address, None for what is none."""
    parts = code.split(",")
    try:
        west, south, east, north = map(float, parts)
    except ValueError:
        return None
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90  # False for NaN
    return shaped(west, east, south, north) if inside else None


def shaped(west: float, east: float, south: float, north: float) -> Window:
    """The smallest window of the one shape that holds all that, its corners as an address keeps them."""
    height = max(north - south, LEAST)
    narrowing = max(cos(radians((south + north) / 2)), 0.01)
    width = max(east - west, height * COLUMNS / ROWS / narrowing)
    height = max(height, width * narrowing * ROWS / COLUMNS)
    left, right = _about(west, east, min(width, 360))
    low, high = _about(south, north, min(height, 180))
    window = Window(left, low, right, high).moved(0, 0)
    return Window(*(round(value, DIGITS) for value in window.corners))


def around(west: float, east: float, south: float, north: float) -> Window:
    """The same with a margin, so that nothing lies on the edge."""
    return shaped(
        *_about(west, east, (east - west) * 1.1), *_about(south, north, (north - south) * 1.1)
    )


def names_with_room(places: Sequence[tuple[float, float, str]]) -> set[int]:
    """Which of some places (per cent from the left and the top, name) can be named.

    A name that would lie on a mark or on a name before it is left out; a place without one is a mark
    alone.
    """
    taken = [_round(x, y) for x, y, _name in places]
    found = set()
    for number, (x, y, name) in enumerate(places):
        box = _written(x, y, name)
        others = (one for place, one in enumerate(taken) if place != number)
        if name and not any(_meet(box, other) for other in others):
            found.add(number)
            taken.append(box)
    return found


type _Box = tuple[float, float, float, float]


def _round(x: float, y: float) -> _Box:
    left, top = x / 100 * WIDE, y / 100 * HIGH
    return left - RADIUS, top - RADIUS, left + RADIUS, top + RADIUS


def _written(x: float, y: float, name: str) -> _Box:
    left, top = x / 100 * WIDE, y / 100 * HIGH
    long = GAP + SIGN * min(len(name), LONGEST)
    start = left - long if x > TO_THE_LEFT else left
    return start, top - LINE / 2, start + long, top + LINE / 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def graticule(low: float, high: float, lines: int = 5) -> Iterator[float]:
    """Round degrees between two, about as many as asked for."""
    step = round_down((high - low) / lines * 1.5)
    number = ceil(low / step)
    while number * step <= high:
        yield round(number * step, DIGITS)
        number += 1


def round_down(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … that is not more."""
    power: float = 10.0 ** floor(log10(value))
    return max(one * power for one in (1, 2, 5) if one * power <= value * (1 + 1e-9))


def scale_of(window: Window) -> Scale:
    """A round length of at most a quarter of the width."""
    metres = max(round(round_down(window.metres / 4)), 1)
    return Scale(metres, round(100 * metres / window.metres, 2))


def _narrowing(window: Window) -> float:
    return max(cos(radians((window.south + window.north) / 2)), 0.01)


def _about(low: float, high: float, size: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - size / 2, middle + size / 2
