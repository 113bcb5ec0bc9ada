from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.desks.targets.domain.what_if import (
    BadAssumption,
    Organic,
    Point,
    growths_of,
    what_if,
)

BASE = Decimal("726.2")
BOE = Point("京东方技改项目", Decimal("37.5"), Decimal("37.5"), Decimal(60))
GROWTHS = [Decimal(value) for value in ("8", "-3", "12", "5")]
percents = st.decimals(min_value=1, max_value=100, places=1)
amounts = st.decimals(min_value=1, max_value=500, places=1)
points = st.lists(
    st.builds(
        lambda low, more, chance: Point("增长点", low, low + more, chance),
        amounts,
        amounts,
        percents,
    ),
    max_size=4,
)
FEW = 5_000


def test_the_expected_value_is_exact_arithmetic() -> None:
    outcome = what_if(BASE, Organic.between(Decimal(-2), Decimal(8)), [BOE])
    assert outcome.grown == BASE * Decimal("1.03")
    assert outcome.expected == BASE * Decimal("1.03") + Decimal("22.5")


def test_a_certain_year_reaches_its_goal_for_certain() -> None:
    certain = Organic.between(Decimal(8), Decimal(8))
    outcome = what_if(Decimal("163.9"), certain, [], [Decimal("177.012"), Decimal("177.02")])
    assert outcome.chances == (Decimal(100), Decimal(0))


def test_one_point_alone_decides_by_its_chance() -> None:
    flat = Organic.between(Decimal(0), Decimal(0))
    outcome = what_if(BASE, flat, [BOE], [BASE + 1, BASE + 38])
    assert abs(outcome.chances[0] - 60) < Decimal("0.6")
    assert outcome.chances[1] == Decimal("0.1")


def test_an_assumed_range_holds_four_cases_of_five() -> None:
    outcome = what_if(Decimal(100), Organic.between(Decimal(-10), Decimal(10)), [])
    assert abs(outcome.low - 90) < Decimal("0.2")
    assert abs(outcome.high - 110) < Decimal("0.2")


def test_the_same_question_has_the_same_answer() -> None:
    organic = Organic.between(Decimal(0), Decimal(5))
    assert what_if(BASE, organic, [BOE], [BASE]) == what_if(BASE, organic, [BOE], [BASE])


def test_history_needs_three_growths() -> None:
    assert Organic.learnt(GROWTHS[:2]) is None
    organic = Organic.learnt(GROWTHS)
    assert organic is not None
    assert organic.middle == Decimal("5.5")
    assert organic.freedom == 3
    assert organic.spread == pytest.approx(6.350853 * (1 + 1 / 4) ** 0.5)


def test_an_interval_from_history_follows_student() -> None:
    organic = Organic.learnt(GROWTHS)
    assert organic is not None
    outcome = what_if(Decimal(100), organic, [])
    reach = 1.637744 * organic.spread  # Student's t with 3 degrees of freedom, 90th percentile
    assert float(outcome.high) == pytest.approx(105.5 + reach, abs=0.3)


def test_lower_is_better_turns_the_chance_round() -> None:
    organic = Organic.between(Decimal(-10), Decimal(10))
    goal = [Decimal(95)]
    up = what_if(Decimal(100), organic, [], goal).chances[0]
    down = what_if(Decimal(100), organic, [], goal, polarity="lower").chances[0]
    assert up + down == 100


def test_the_widest_swing_comes_first() -> None:
    outcome = what_if(BASE, Organic.between(Decimal(2), Decimal(3)), [BOE])
    assert outcome.swings[0].name == "京东方技改项目"
    assert (outcome.swings[0].low, outcome.swings[0].high) == (Decimal("-22.5"), Decimal("15.0"))


@pytest.mark.parametrize(("low", "high"), [("8", "-2"), ("-100", "0")])
def test_a_range_that_cannot_be_is_refused(low: str, high: str) -> None:
    with pytest.raises(BadAssumption):
        Organic.between(Decimal(low), Decimal(high))


def test_there_is_no_growth_from_nothing() -> None:
    with pytest.raises(ValueError, match="positive"):
        what_if(Decimal(0), Organic.between(Decimal(0), Decimal(1)), [])


def test_a_missing_year_leaves_out_both_growths() -> None:
    totals = [Decimal(100), Decimal(110), None, Decimal(120), Decimal(126)]
    assert growths_of(totals) == (Decimal(10), Decimal(5))


@settings(max_examples=40)
@given(points, st.lists(amounts, min_size=2, max_size=4))
def test_a_higher_goal_is_never_likelier(found: list[Point], goals: list[Decimal]) -> None:
    ordered = sorted(goals)
    organic = Organic.between(Decimal(-5), Decimal(5))
    chances = what_if(Decimal(100), organic, found, ordered, draws=FEW).chances
    assert list(chances) == sorted(chances, reverse=True)


@settings(max_examples=40)
@given(points, amounts)
def test_one_more_growth_point_never_lowers_a_chance(found: list[Point], goal: Decimal) -> None:
    organic = Organic.between(Decimal(-5), Decimal(5))
    without = what_if(Decimal(100), organic, found, [goal], draws=FEW)
    more = what_if(Decimal(100), organic, [*found, BOE], [goal], draws=FEW)
    assert more.chances[0] >= without.chances[0]
    assert more.expected == without.expected + BOE.expected


@settings(max_examples=40)
@given(points)
def test_the_interval_lies_round_the_middle(found: list[Point]) -> None:
    outcome = what_if(Decimal(100), Organic.between(Decimal(-5), Decimal(5)), found, draws=FEW)
    assert outcome.low < outcome.high
    assert outcome.low < outcome.expected + sum(swing.width for swing in outcome.swings)
