"""The sample's projects add up, month by month, to what the sample's own series count."""

from collections import Counter
from decimal import Decimal

import pytest

from shangheng.config.sample.investment import FILE
from shangheng.config.sample.model import Sample
from shangheng.config.sample.projects import PlannedProject, planned_projects
from shangheng.config.sample.reading import yaml_file

STARTED = ("start", "start_without_land")


@pytest.fixture(scope="module")
def planned(sample: Sample) -> list[PlannedProject]:
    return planned_projects(sample, yaml_file(FILE))


@pytest.fixture(scope="module")
def of_the_year(planned: list[PlannedProject]) -> list[PlannedProject]:
    return [one for one in planned if "sign" in one.steps and one.steps["sign"].year == 2021]


def series(sample: Sample, code: str) -> Counter[int]:
    """What the sample posts of an indicator in each month."""
    found: Counter[int] = Counter()
    for batch in sample.batches:
        for fact in batch.facts:
            if fact.indicator == code and fact.occurred_on.year == 2021:
                found[fact.occurred_on.month] += int(fact.value)
    return found


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("investment.projects_tracked", ("sign",)),
        ("investment.projects_registered", ("register",)),
        ("investment.projects_land", ("apply_for_land",)),
        ("investment.projects_operating", ("produce",)),
    ],
)
def test_each_month_counts_the_same_here_and_there(
    sample: Sample, of_the_year: list[PlannedProject], code: str, steps: tuple[str, ...]
) -> None:
    here = Counter(
        one.steps[step].month
        for one in of_the_year
        if one.values["tracked"]
        for step in steps
        if step in one.steps
    )
    assert here == series(sample, code)


def test_74_are_signed_and_their_amounts_add_up_exactly(
    sample: Sample, of_the_year: list[PlannedProject]
) -> None:
    assert len(of_the_year) == 74
    assert sum(one.values["tracked"] for one in of_the_year) == 67
    total = sum((one.values["agreed_investment"] for one in of_the_year), Decimal(0))
    assert total == Decimal("1022.86")


def test_whoever_has_begun_to_produce_has_also_started(of_the_year: list[PlannedProject]) -> None:
    """The summary's 18 started leave out the one that is in operation: 19 have reached that stage."""
    started = [one for one in of_the_year if any(step in one.steps for step in STARTED)]
    assert len(started) == 19
    assert [one.name for one in started if "produce" in one.steps] == ["启明星辰武汉第二总部"]


def test_steps_follow_each_other_and_made_up_names_say_so(planned: list[PlannedProject]) -> None:
    told = yaml_file(FILE)
    named = {row["subject"] for row in (*told["named"], *told["coming"])}
    for one in planned:
        assert list(one.steps.values()) == sorted(one.steps.values()), one.name
        assert one.name in named or "示例" in one.name
    assert len({one.name for one in planned}) == len(planned)


def test_money_with_a_payer_is_for_a_sample_project_that_is_signed_by_then(
    sample: Sample, planned: list[PlannedProject]
) -> None:
    signed = {one.name: one.steps["sign"] for one in planned if "sign" in one.steps}
    paid = [fact for batch in sample.batches for fact in batch.facts if fact.payer]
    assert len(paid) == 9
    for fact in paid:
        assert "示例" in fact.subject
        assert signed[fact.subject] <= fact.occurred_on
