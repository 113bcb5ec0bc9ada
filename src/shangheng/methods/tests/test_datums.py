"""Reference points: the test suite of googollee/eviltransform."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods.datums import gcj02_of, wgs84_of_gcj02

PAIRS = {  # WGS-84 and GCJ-02, longitude first
    "Shanghai": ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    "Shenzhen": ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    "Beijing": ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
}


@pytest.mark.parametrize("place", PAIRS)
def test_the_offset_is_that_of_the_reference_points(place: str) -> None:
    wgs, gcj = PAIRS[place]
    assert gcj02_of(wgs) == pytest.approx(gcj, abs=1e-6)
    assert wgs84_of_gcj02(gcj) == pytest.approx(wgs, abs=1e-6)


@given(st.floats(73.5, 135), st.floats(18, 53.5))
def test_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    assert wgs84_of_gcj02(gcj02_of((lon, lat))) == pytest.approx((lon, lat), abs=1e-7)


def test_abroad_nothing_is_shifted() -> None:
    assert gcj02_of((2.35, 48.85)) == wgs84_of_gcj02((2.35, 48.85)) == (2.35, 48.85)
