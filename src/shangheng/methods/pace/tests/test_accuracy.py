import runpy
from decimal import Decimal
from pathlib import Path

import pytest

from shangheng.methods import pace

ROOT = Path(__file__).resolve().parents[5]
TRADE = ROOT.parent / "shared/data/china-monthly-trade/cn_trade_monthly.csv"
YEARS = range(1998, 2014)

needs_trade = pytest.mark.skipif(not TRADE.exists(), reason=f"{TRADE} is not there")


@pytest.fixture(scope="module")
def trade() -> dict[str, pace.History]:
    read = runpy.run_path(str(ROOT / "benchmarks/pace.py"))["read_trade"]
    series: dict[str, pace.History] = read(TRADE)
    return series


def error(series: pace.History, month: int, window: int = 5) -> Decimal:
    found = pace.mean_absolute_error(pace.replay(series, YEARS, month, window=window))
    assert found is not None
    return found


@needs_trade
def test_linear_pace_misses_exports_by_a_fifth_in_february(trade: dict[str, pace.History]) -> None:
    assert error(trade["Exports"], 2, window=0).quantize(Decimal("0.1")) == Decimal("22.4")


@needs_trade
@pytest.mark.parametrize("name", ["Exports", "Imports", "Total"])
def test_trade_is_projected_within_six_percent_from_february_and_half_from_june(
    trade: dict[str, pace.History], name: str
) -> None:
    assert max(error(trade[name], month) for month in range(2, 12)) <= 6
    assert max(error(trade[name], month) for month in range(6, 12)) <= Decimal("3.5")


@needs_trade
@pytest.mark.parametrize("name", ["Exports", "Imports", "Total"])
def test_four_of_five_intervals_hold_about_four_of_five_year_ends(
    trade: dict[str, pace.History], name: str
) -> None:
    replays = [each for month in range(1, 12) for each in pace.replay(trade[name], YEARS, month)]
    held = pace.coverage(replays)
    assert held is not None
    assert 75 <= held <= 92


def test_a_replay_sees_neither_its_own_rest_nor_later_years() -> None:
    flat: dict[int, list[Decimal]] = {year: [Decimal(1)] * 12 for year in range(2010, 2020)}
    changed = {**flat, 2018: [Decimal(1)] * 6 + [Decimal(9)] * 6, 2019: [Decimal(50)] * 12}
    one, other = (pace.replay(series, [2018], 6)[0] for series in (flat, changed))
    assert one.projection == other.projection
    assert (one.actual, other.actual) == (Decimal(12), Decimal(60))
    assert (one.error, other.error) == (Decimal(0), Decimal(-80))
    assert (one.inside, other.inside) == (True, False)


def test_years_that_cannot_be_judged_are_left_out() -> None:
    series: pace.History = {2018: [Decimal(1)] * 11, 2019: [Decimal(0)] * 12}
    assert pace.replay(series, [2017, 2018, 2019], 6) == ()
    assert pace.mean_absolute_error([]) is None
    assert pace.coverage([]) is None


def test_linear_pace_gives_no_interval_to_judge() -> None:
    replays = pace.replay({2018: [Decimal(1)] * 12}, [2018], 6, window=0)
    assert [each.inside for each in replays] == [None]
    assert pace.coverage(replays) is None
