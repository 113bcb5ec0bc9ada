"""Properties of the matching that hold whatever is asked and offered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.investment.domain.matching import (
    Candidate,
    Finding,
    Offer,
    Verdict,
    Wanted,
    judge,
    rank,
)
from shangheng.desks.investment.selectors.spaces import rule_on

RULE = rule_on(date(2021, 12, 1))
amounts = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
maybe = st.none() | amounts
wanteds = st.builds(
    Wanted, land=maybe, built=amounts, clear_height=maybe, floor_load=maybe, power=maybe,
    price=maybe, price_unit=st.sampled_from(["monthly", "per_mu"]),
)  # fmt: skip
offers = st.builds(
    Offer, key=st.integers(1, 10**6), is_land=st.booleans(), area=amounts, clear_height=maybe,
    floor_load=maybe, power=maybe, price=maybe, price_unit=st.sampled_from(["monthly", "per_mu"]),
)  # fmt: skip


def finding(candidate: Candidate, key: str) -> Finding:
    return next(one for one in candidate.findings if one.criterion.id == key)


def test_a_plant_that_gives_all_that_is_asked_scores_100() -> None:
    wanted = Wanted(built=Decimal(5000), clear_height=Decimal(8), price=Decimal(20), price_unit="m")
    offer = Offer(1, False, Decimal(6000), Decimal(9), price=Decimal(18), price_unit="m")
    found = judge(wanted, offer, RULE)
    assert found.score == 100
    assert found.is_suitable


def test_a_low_ceiling_breaks_and_says_by_how_much() -> None:
    wanted = Wanted(built=Decimal(5000), clear_height=Decimal(9))
    found = judge(wanted, Offer(1, False, Decimal(5000), Decimal("7.5")), RULE)
    assert not found.is_suitable
    assert finding(found, "clear_height").gap == Decimal("1.5")


def test_a_price_above_costs_points_in_proportion_but_does_not_break() -> None:
    wanted = Wanted(built=Decimal(5000), price=Decimal(20), price_unit="m")
    offer = Offer(1, False, Decimal(5000), price=Decimal(23), price_unit="m")
    found = judge(wanted, offer, RULE)
    assert found.is_suitable
    assert finding(found, "price").earned == 10, "15 % above, half of the slack of 30 %, half of 20"
    assert found.score == Decimal("81.8"), "45 of 55 points"


def test_prices_in_other_units_are_not_compared() -> None:
    wanted = Wanted(land=Decimal(30), price=Decimal(30), price_unit="per_mu")
    found = judge(wanted, Offer(1, True, Decimal(30), price=Decimal(1), price_unit="m"), RULE)
    assert finding(found, "price").verdict is Verdict.OTHER_UNIT


def test_land_has_no_ceiling_and_plants_need_not_be_land() -> None:
    wanted = Wanted(land=Decimal(30), clear_height=Decimal(9))
    assert {
        one.criterion.id for one in judge(wanted, Offer(1, True, Decimal(30)), RULE).findings
    } == {"area"}
    assert rank(wanted, [Offer(1, False, Decimal(30))], RULE) == [], "nothing built is asked"


@given(wanteds, offers)
def test_a_score_lies_between_0_and_100_and_every_lack_has_its_size(w: Wanted, o: Offer) -> None:
    found = judge(w, o, RULE)
    assert 0 <= found.score <= 100
    for one in found.findings:
        assert 0 <= one.earned <= one.criterion.weight
        assert (one.gap > 0) == (one.verdict in {Verdict.SHORT, Verdict.ROOMY})
        assert (one.verdict is Verdict.UNKNOWN) == (one.given is None)


@given(wanteds, st.lists(offers, max_size=5, unique_by=lambda one: one.key), st.randoms())
def test_the_order_of_the_spaces_does_not_matter(
    w: Wanted, some: list[Offer], random: object
) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # of hypothesis
    assert rank(w, some, RULE) == rank(w, shuffled, RULE)


@given(wanteds, offers, amounts)
def test_asking_for_less_never_makes_a_space_unsuitable(w: Wanted, o: Offer, less: Decimal) -> None:
    for name in ("clear_height", "floor_load", "power"):
        asked = getattr(w, name)
        if asked is not None and asked > less and judge(w, o, RULE).is_suitable:
            modest = replace(w, **{name: asked - less})
            assert judge(modest, o, RULE).is_suitable
            assert judge(modest, o, RULE).score >= judge(w, o, RULE).score


@given(wanteds, st.lists(offers, max_size=5, unique_by=lambda one: one.key))
def test_what_is_unsuitable_stands_behind_what_is_not(w: Wanted, some: list[Offer]) -> None:
    suits = [one.is_suitable for one in rank(w, some, RULE)]
    assert suits == sorted(suits, reverse=True)
