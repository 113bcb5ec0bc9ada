"""Coordinates as Chinese maps give them (GCJ-02), turned into WGS-84, in which places are kept.

GCJ-02 is the offset that maps published in China must carry (高德, 腾讯). Its formula is not published
by its authority; this is the one in common use, as written down in googollee/eviltransform (MIT), with
the ellipsoid of Krasovsky 1940. The inverse is found by fixed point iteration: it returns to the given
point within 10^-7 degrees, about one centimetre. 百度 shifts once more (BD-09); that is not undone here.
"""

from math import cos, pi, sin, sqrt

type Point = tuple[float, float]
"""Longitude and latitude in degrees."""

SEMI_MAJOR = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
STEPS = 30


def gcj02_of(point: Point) -> Point:
    """WGS-84 → GCJ-02; outside of China the two are the same."""
    lon, lat = point
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return point
    x, y = lon - 105, lat - 35
    radians = lat * pi / 180
    root = 1 - ECCENTRICITY_SQUARED * sin(radians) ** 2
    shared = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + shared
    north += _waves(y, (20, 1), (40, 3), (160, 12), (320, 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + shared
    east += _waves(x, (20, 1), (40, 3), (150, 12), (300, 30))
    along = SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / (root * sqrt(root)) * pi / 180
    across = SEMI_MAJOR / sqrt(root) * cos(radians) * pi / 180
    return lon + east / across, lat + north / along


def wgs84_of_gcj02(point: Point) -> Point:
    """GCJ-02 → WGS-84."""
    lon, lat = point
    for _ in range(STEPS):
        there = gcj02_of((lon, lat))
        off = there[0] - point[0], there[1] - point[1]
        if max(map(abs, off)) < 1e-9:
            break
        lon, lat = lon - off[0], lat - off[1]
    return lon, lat


def _waves(value: float, *waves: tuple[float, int]) -> float:
    """Sines of a distance in degrees: amplitude in metres, and by what the half period is divided."""
    return sum(amplitude * sin(value * pi / divisor) for amplitude, divisor in waves) * 2 / 3
