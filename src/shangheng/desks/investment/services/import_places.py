"""Places in files: longitude, latitude, and whether a Chinese map gave them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.desks.investment.domain.mapping import GCJ02, in_wgs84
from shangheng.desks.investment.models.common import BOTH

LIMITS = {"longitude": 180, "latitude": 90}


def place_columns() -> list[Column]:
    """Where something is, and on whose map that was read."""
    return [
        Column("longitude", _("经度"), Kind.DECIMAL, decimals=6),
        Column("latitude", _("纬度"), Kind.DECIMAL, decimals=6),
        Column(
            "datum",
            _("坐标取自"),
            Kind.CHOICE,
            choices={"WGS-84": "wgs84", "GCJ-02": GCJ02},
            note=_("留空是 WGS-84；取自高德、腾讯地图的写 GCJ-02，导入时换算"),
        ),
    ]


def wrong_place(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """What is wrong with the place of a row, by column."""
    if (row.get("longitude") is None) != (row.get("latitude") is None):
        yield "longitude", str(BOTH)
    for key, limit in LIMITS.items():
        value = row.get(key)
        if isinstance(value, Decimal) and abs(value) > limit:
            yield key, _("要在%(low)d到%(high)d度之间。") % {"low": -limit, "high": limit}


def converted(row: Mapping[str, Value]) -> dict[str, Decimal]:
    """The place of a row in WGS-84 where a Chinese map gave it; nothing to change otherwise."""
    longitude, latitude = row.get("longitude"), row.get("latitude")
    if row.get("datum") != GCJ02:
        return {}
    if not isinstance(longitude, Decimal) or not isinstance(latitude, Decimal):
        return {}
    return dict(zip(LIMITS, in_wgs84(longitude, latitude), strict=True))
