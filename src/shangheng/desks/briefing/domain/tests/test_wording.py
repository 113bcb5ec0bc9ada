from decimal import Decimal

import pytest

from shangheng.desks.briefing.domain.wording import Outcome, completion, direction, judge
from shangheng.engines.ledger.domain.period import Period

YEAR = Period.parse("2021")
TEN_MONTHS = Period.parse("2021-01/2021-10")


@pytest.mark.parametrize(
    ("value", "target", "decimals", "outcome", "gap"),
    [
        ("726.2", "726", 1, Outcome.EXCEEDED, "0.2"),
        ("726", "726", 1, Outcome.MET, "0"),
        ("16.0049", "16", 1, Outcome.MET, "0"),
        ("725.96", "726", 1, Outcome.SHORT, "0.04"),
        ("7", "14", 0, Outcome.SHORT, "7"),
        ("53.0983", "53", 1, Outcome.EXCEEDED, "0.1"),
    ],
)
def test_at_the_end_of_the_year_a_target_is_met_exceeded_or_missed(
    value: str, target: str, decimals: int, outcome: Outcome, gap: str
) -> None:
    judged = judge(Decimal(value), Decimal(target), decimals=decimals, period=YEAR)
    assert (judged.outcome, judged.gap) == (outcome, Decimal(gap))


def test_less_is_better_where_polarity_says_so() -> None:
    judged = judge(Decimal(9), Decimal(10), decimals=0, period=YEAR, polarity="lower")
    assert (judged.outcome, judged.gap) == (Outcome.EXCEEDED, Decimal(1))
    assert (
        judge(Decimal(11), Decimal(10), decimals=0, period=YEAR, polarity="lower").outcome
        is Outcome.SHORT
    )


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("60", Outcome.BEHIND), ("90", Outcome.AHEAD), ("83.3333", Outcome.LEVEL)],
)
def test_while_the_year_runs_progress_is_held_against_time(value: str, outcome: Outcome) -> None:
    judged = judge(Decimal(value), Decimal(100), decimals=0, period=TEN_MONTHS)
    assert judged.outcome is outcome
    assert judged.rate == Decimal(value)


def test_progress_is_computed_from_unrounded_values() -> None:
    judged = judge(Decimal("629.0"), Decimal("647.4"), decimals=1, period=TEN_MONTHS)
    assert judged.outcome is Outcome.AHEAD
    assert f"{judged.gap:.1f}" == "13.8"


def test_completion_of_nothing_is_unknown() -> None:
    assert completion(Decimal(1), Decimal(0)) is None
    assert completion(Decimal(7), Decimal(14)) == Decimal(50)


@pytest.mark.parametrize(
    ("percent", "turn"), [("0.04", "same"), ("-0.04", "same"), ("0.05", "up"), ("-3", "down")]
)
def test_a_direction_that_would_print_as_nothing_is_none(percent: str, turn: str) -> None:
    assert direction(Decimal(percent), 1) == turn
