from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods.landing import (
    Lacking,
    Outlook,
    Rule,
    Spell,
    bins,
    brier,
    curves,
    cut,
    reading,
    replay,
    spells_of,
    spread,
)

RULE = Rule(frozenset({"started"}), frozenset({"lost"}))
DAY, BEGIN, WEEKS = date(2021, 1, 1), date(2018, 1, 1), 60


def weeks(count: int) -> timedelta:
    return timedelta(weeks=count)


def stays(moves: list[tuple[int, str]], stage: str = "signed") -> list[Spell]:
    return [Spell(stage, BEGIN, BEGIN + weeks(lasted), to) for lasted, to in moves]


def outlook(spells: list[Spell], waited: int = 0, stage: str = "signed") -> Outlook:
    found = reading(curves(spells, DAY, WEEKS), RULE, WEEKS).outlook(stage, waited)
    assert isinstance(found, Outlook)
    return found


def test_without_censoring_the_chance_is_the_share_of_the_past() -> None:
    spells = stays([(4, "started")] * 15 + [(8, "started")] * 15 + [(2, "lost")] * 10)
    found = outlook(spells)
    assert found.within(5) == pytest.approx(15 / 40)
    assert found.within(9) == pytest.approx(30 / 40)
    assert found.middle == 8


def test_waiting_is_held_against_or_for_a_project() -> None:
    spells = stays([(4, "started")] * 15 + [(8, "started")] * 15 + [(2, "lost")] * 10)
    assert outlook(spells, waited=3).within(9) == pytest.approx(1), "all that were lost, went early"


def test_who_is_still_there_counts_as_long_as_seen() -> None:
    """Kaplan–Meier by hand: 30 of 40 leave in week 4; 20 more were seen for two weeks only."""
    seen = [Spell("signed", DAY - weeks(2)) for _ in range(20)]
    spells = stays([(4, "started")] * 30 + [(40, "started")] * 10) + seen
    assert outlook(spells).within(5) == pytest.approx(30 / 40)


def test_stages_in_a_row_are_convolved() -> None:
    first = stays([(2, "registered")] * 20 + [(4, "registered")] * 20)
    second = stays([(3, "started")] * 30 + [(5, "lost")] * 10, "registered")
    found = outlook(first + second)
    assert found.within(6) == pytest.approx(0.5 * 0.75)
    assert found.within(8) == pytest.approx(0.75)


def test_moves_within_a_week_and_back_again_are_solved() -> None:
    to = stays([(0, "registered")] * 40)
    back = stays([(0, "signed")] * 20 + [(1, "started")] * 20, "registered")
    assert outlook(to + back).within(3) == pytest.approx(1)


def test_too_little_history_is_said_not_guessed() -> None:
    table = reading(curves(stays([(4, "started")] * 19), DAY, WEEKS), RULE, WEEKS)
    assert table.outlook("signed", 0) == Lacking("signed", 19, 19)
    table = reading(curves(stays([(4, "started")] * 40), DAY, WEEKS), RULE, WEEKS)
    assert table.outlook("signed", 9) == Lacking("signed", 40, 0), "nobody has waited so long"
    assert table.outlook("never seen", 0) == Lacking("never seen", 0, 0)
    table = reading(curves(stays([(4, "registered")] * 40), DAY, WEEKS), RULE, WEEKS)
    assert isinstance(table.outlook("signed", 0), Lacking), "nothing is known of what comes next"


def test_a_history_is_cut_as_it_was_known() -> None:
    spells = spells_of([("lead", BEGIN), ("signed", DAY)], ("lost", DAY + weeks(2)))
    assert [one.to for one in spells] == ["signed", "lost"]
    assert cut(spells, DAY) == [Spell("lead", BEGIN)]
    assert cut(spells, DAY + weeks(1)) == [spells[0], Spell("signed", DAY)]
    assert spells_of([("lead", BEGIN)]) == [Spell("lead", BEGIN)]


moves = st.binary(min_size=20, max_size=40).map(
    lambda drawn: [(byte % 51, "lost" if byte % 2 else "started") for byte in drawn]
)


@given(moves, st.integers(0, 20))
def test_chances_rise_and_stay_between_0_and_1(some: list[tuple[int, str]], waited: int) -> None:
    table = reading(curves(stays(some), DAY, WEEKS), RULE, WEEKS)
    found = table.outlook("signed", waited)
    if isinstance(found, Outlook):
        assert np.all(np.diff(found.by_week) >= -1e-12)
        assert 0 <= found.by_week[0] <= found.by_week[-1] <= 1


@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), max_size=6))
def test_the_spread_is_that_of_every_outcome_weighed(chances: list[float]) -> None:
    weights = np.zeros(len(chances) + 1)
    for outcome in product([0, 1], repeat=len(chances)):
        weights[sum(outcome)] += np.prod(
            [p if o else 1 - p for p, o in zip(chances, outcome, strict=True)]
        )
    mean, low, high = spread(chances)
    assert mean == pytest.approx(sum(chances))
    assert weights[low : high + 1].sum() >= 0.8 - 1e-9


def test_a_replay_knows_nothing_of_what_came_later() -> None:
    """Until 2019 half were lost; whatever happens after a cutoff cannot change its forecasts."""
    early = [stays([(10, "started" if n % 2 else "lost")]) for n in range(60)]
    late = [[Spell("signed", date(2019, 6, 1), date(2019, 8, 1), "started")] for _ in range(10)]
    other = [[Spell("signed", date(2019, 6, 1), date(2019, 8, 1), "lost")] for _ in range(10)]
    day = [date(2019, 6, 10)]
    good, bad = (replay(early + some, day, RULE, 20, WEEKS) for some in (late, other))
    assert [one.chance for one in good] == [one.chance for one in bad]
    assert good[0].chance == pytest.approx(0.5)
    assert all(one.happened for one in good)
    assert not any(one.happened for one in bad)
    assert brier(good) == pytest.approx(0.25)
    assert brier(good, "base") == 1, "nothing was open twenty weeks before"
    (only,) = bins(good)
    assert (only.count, only.said, only.came) == (10, pytest.approx(0.5), 1)


def test_many_events_are_spread_as_the_normal_law_says() -> None:
    exact, many = spread([0.3] * 2000), spread([0.3] * 2001)
    assert many[0] == pytest.approx(600.3)
    assert abs(many[1] - exact[1]) <= 1
    assert abs(many[2] - exact[2]) <= 1
