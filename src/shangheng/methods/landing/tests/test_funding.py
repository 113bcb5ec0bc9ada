import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods.landing import (
    Course,
    Inflow,
    Lacking,
    Payment,
    Spell,
    funding,
    known_on,
    legs,
    missed,
    payments_of,
    replay_money,
    waiting,
)
from shangheng.methods.landing.funding import Marks, Step, _inflow

LOSSES = frozenset({"lost"})
BEGIN, DAY, WEEKS = date(2017, 1, 1), date(2021, 1, 1), 104


def weeks(count: int) -> timedelta:
    return timedelta(weeks=count)


def paid(first: int, *later: tuple[int, float], share: float = 0.5) -> Course:
    """Signed at the beginning, with a first payment after so many weeks and others after that."""
    payments, on = [Payment(BEGIN + weeks(first), share)], first
    for lag, part in later:
        on += lag
        payments.append(Payment(BEGIN + weeks(on), part))
    return Course([Spell("signed", BEGIN)], payments, 10.0)


def inflow(past: list[Course], now: Spell, begin: int = 0, end: int = 52, had: int = 0) -> Inflow:
    found = funding(past, DAY, LOSSES, WEEKS).inflow(
        Course([], [Payment(DAY, 0.5)] * had), now, DAY, begin, end
    )
    assert isinstance(found, Inflow)
    return found


def test_a_project_is_paid_as_past_ones_were() -> None:
    """Half in week 10, the rest 20 weeks later: within 20 weeks a half, within 52 all."""
    past = [paid(10, (20, 1.0)) for _ in range(30)]
    new = Spell("signed", DAY)
    assert inflow(past, new, end=10).chance == 0
    half = inflow(past, new, end=20)
    assert (half.chance, half.mean, half.middle) == (pytest.approx(1), pytest.approx(0.5), 10)
    all_ = inflow(past, new)
    assert (all_.mean, all_.variance) == (pytest.approx(1), pytest.approx(0, abs=1e-12))
    rest = inflow(past, Spell("paid1", DAY - weeks(15)), had=1)
    assert (rest.mean, rest.middle) == (pytest.approx(1), 5), "it has waited 15 weeks of 20"


def test_a_window_counts_what_comes_in_it_alone() -> None:
    past = [paid(10, (20, 1.0)) for _ in range(30)]
    late = inflow(past, Spell("signed", DAY), begin=20)
    assert (late.chance, late.mean, late.middle) == (pytest.approx(1), pytest.approx(0.5), 30)


def test_the_ends_have_the_mean_and_spread_of_what_came() -> None:
    past = [paid(10, share=0.2 + 0.4 * (n % 2)) for n in range(40)]
    found = inflow(past, Spell("signed", DAY), end=30)
    low, high = found.ends
    assert (low + high) / 2 == pytest.approx(0.4)
    assert (high - low) ** 2 / 12 == pytest.approx(0.04)


def test_too_few_payments_are_said_not_guessed() -> None:
    model = funding([paid(10) for _ in range(19)], DAY, LOSSES, WEEKS)
    assert isinstance(model.inflow(Course([]), Spell("signed", DAY), DAY, 0, 52), Lacking)
    unpriced = [Course(one.spells, [Payment(one.payments[0].on, None)]) for one in [paid(9)] * 30]
    model = funding(unpriced, DAY, LOSSES, WEEKS)
    assert model.inflow(Course([]), Spell("signed", DAY), DAY, 0, 52) == Lacking("money", 0, 0)


def test_payments_of_a_week_are_one_and_never_more_than_was_agreed() -> None:
    day = date(2021, 3, 1)
    some = [(day, 2.0), (day + timedelta(6), 1.0), (day + timedelta(7), 9.0), (day + weeks(9), 1.0)]
    found = payments_of(some, 6.0)
    assert [one.on for one in found] == [day, day + timedelta(7)]
    assert [one.share for one in found] == [0.5, 1.0]
    assert payments_of(some[:1], None) == [Payment(day, None)]


def test_who_is_lost_or_has_all_waits_for_nothing() -> None:
    stays = [Spell("signed", BEGIN, BEGIN + weeks(40), "lost")]
    lost = Course(stays, [Payment(BEGIN + weeks(10), 0.5)], 10.0)
    assert waiting(lost, LOSSES) is None
    assert [leg[-1].to for leg in legs(lost, LOSSES, 1)] == ["money", "lost"]
    assert waiting(Course(stays), LOSSES) is None
    assert waiting(paid(10, share=1.0), LOSSES) is None
    assert waiting(paid(10), LOSSES) == Spell("paid1", BEGIN + weeks(10))
    assert waiting(known_on(paid(10), BEGIN + weeks(10)), LOSSES) == Spell("signed", BEGIN)
    assert paid(10, (5, 0.5)).outstanding == pytest.approx(2.5)


shares = st.floats(0.05, 1)
laws = st.lists(st.floats(0, 1), min_size=12, max_size=12).map(
    lambda some: np.array(some) / max(1.0, sum(some))
)


def marks(some: list[float]) -> Marks:
    drawn = np.array(some)
    return Marks(drawn.mean(), (drawn**2).mean(), (drawn >= 1).mean())


parts = st.lists(shares, min_size=1)


@given(laws, laws, parts, parts, parts, st.integers(0, 11))
def test_windows_add_up_and_nothing_exceeds_what_is_outstanding(
    next_: np.ndarray,
    gap: np.ndarray,
    first: list[float],
    second: list[float],
    later: list[float],
    begin: int,
) -> None:
    gap[0] = 0
    some = [Step(marks(one), gap) for one in (first, second, later)]
    whole, after = _inflow(next_, some, 0), _inflow(next_, some, begin)
    before = _inflow(next_[:begin], some, 0)
    assert whole.mean == pytest.approx(before.mean + after.mean)
    assert after.chance <= whole.chance + 1e-9 <= before.chance + after.chance + 2e-9
    assert -1e-9 <= whole.mean <= whole.chance + 1e-9 <= 1 + 2e-9
    low, high = after.ends
    assert -1e-9 <= low <= high <= 1 + 1e-9
    assert (low + high) / 2 * after.chance == pytest.approx(after.mean, abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chance_mean_and_variance_are_those_of_four_thousand_draws(seed: int) -> None:
    dice = np.random.default_rng(seed)
    law = dice.dirichlet(np.ones(8)) * 0.9
    gap = np.concatenate([[0], dice.dirichlet(np.ones(7)) * 0.8])
    shares_ = [
        dice.uniform(0.1, 0.9, 5),
        dice.uniform(0.1, 0.4, 4),
        np.append(dice.uniform(0.1, 0.9, 4), 1),
    ]
    found = _inflow(law, [Step(marks(list(some)), gap) for some in shares_], 3)
    came = np.zeros(4_000)
    for n in range(len(came)):
        week, left, place = _drawn(dice, law), 1.0, 0
        while week < 8 and left > 0:
            part = left * dice.choice(shares_[min(place, 2)])
            came[n] += part if week >= 3 else 0
            left, place = left - part, place + 1
            week += _drawn(dice, gap)
    assert found.chance == pytest.approx((came > 0).mean(), abs=0.03)
    assert found.mean == pytest.approx(came.mean(), abs=0.02)
    assert found.variance == pytest.approx(came.var(), abs=0.02)


def _drawn(dice: np.random.Generator, law: np.ndarray) -> int:
    """A week of a law that may say never: then one that is beyond every window."""
    return int(dice.choice(len(law) + 1, p=[*law, 1 - law.sum()])) if law.sum() else 99


def histories(seed: int, count: int = 500) -> list[Course]:
    """Signed, started after half a year, paid in four parts of which the last is the rest; most
    projects came late."""
    dice, end, found = random.Random(seed), date(2021, 12, 31), []
    for _ in range(count):
        amounts: list[tuple[date, float]] = []
        day = date(2015, 1, 1) + timedelta(round(365 * 7 * dice.random() ** 0.6))
        started = day + weeks(int(dice.weibullvariate(26, 2)))
        if dice.random() < 0.3:
            stays = [Spell("signed", day, started, "lost")]
        else:
            stays, on = (
                [Spell("signed", day, started, "started"), Spell("started", started)],
                started,
            )
            for part in (2.0, 2.5, 3.0, 10.0):
                on += weeks(1 + int(dice.weibullvariate(14, 1.5)))
                amounts.append((on, part * dice.uniform(0.5, 1.5)))
        known = [(on, amount) for on, amount in amounts if on <= end]
        found.append(known_on(Course(stays, payments_of(known, 10.0), 10.0), end))
    return found


def test_on_simulated_histories_money_is_told_better_than_by_the_share_of_the_past() -> None:
    days = [date(year, month, 1) for year in (2019, 2020) for month in (1, 7)]
    told = replay_money(histories(5), days, LOSSES, 52, WEEKS)
    assert list(told) == days
    every = [one for some in told.values() for one in some]
    assert missed(every) < 0.85 * missed(every, "base")
    said, came = sum(one.said for one in every), sum(one.came for one in every)
    assert said == pytest.approx(came, rel=0.1)


def test_a_replay_of_money_knows_nothing_of_what_came_later() -> None:
    day = [date(2019, 1, 1)]
    some = histories(7)
    cut = [known_on(one, day[0]) for one in some if one.spells[0].entered < day[0]]
    known, later = (replay_money(one, day, LOSSES, 52, WEEKS)[day[0]] for one in (cut, some))
    assert [one.said for one in known] == pytest.approx([one.said for one in later])
    assert sum(one.came for one in known) == 0
    assert sum(one.came for one in later) > 0
