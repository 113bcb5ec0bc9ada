"""Every published figure is there, and the targets of 2022 stand on the bases they betray."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from shangheng.config.sample.model import Sample, SampleTarget
from shangheng.config.sample.tests.conftest import Total
from shangheng.engines.ledger.domain.units import rounded

REFERENCE = Path(__file__).resolve().parents[6] / "shared" / "reference" / "2021-figures.csv"
KINDS = {"actual", "count", "share", "yoy", "rank", "target"}


@pytest.mark.skipif(
    not REFERENCE.is_file(), reason="the sibling folder of reference data is absent"
)
def test_every_figure_of_the_summary_is_kept_word_for_word(sample: Sample) -> None:
    with REFERENCE.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["kind"] in KINDS}
    kept = {p.label: p for p in sample.published}
    assert set(kept) == set(rows)
    for label, published in kept.items():
        row = rows[label]
        assert (published.text, published.unit) == (row["value"], row["unit"]), label
        assert published.period == row["period"][:4], label


def test_every_target_that_was_published_is_in_the_target_sheets(sample: Sample) -> None:
    sheet = {label for target in sample.targets for label in target.figures}
    points = {label for point in sample.growth_points for label in point.figures}
    stated = {p.label for p in sample.published if p.measure == "target" or p.tier}
    assert sheet | points == stated
    assert not sheet & points


def test_a_target_has_the_value_and_the_growth_that_were_printed(sample: Sample) -> None:
    printed = {p.label: Decimal(p.text) for p in sample.published if p.tier}
    for target in sample.targets:
        numbers = [target.value] if target.growth is None else [target.value, target.growth]
        assert numbers == [printed[label] for label in target.figures]


def implied(target: SampleTarget, base: Decimal) -> Decimal:
    """The growth of a target over a base, at the precision in which it was typed."""
    assert target.growth is not None
    decimals = max(0, -int(target.growth.as_tuple().exponent))
    return rounded((target.value / base - 1) * 100, decimals)


def test_value_and_growth_of_a_target_agree_on_the_base_it_was_computed_from(
    sample: Sample,
) -> None:
    grown = [target for target in sample.targets if target.growth is not None]
    assert len(grown) == 8
    for target in grown:
        assert target.base is not None
        assert implied(target, target.base) == target.growth, target


def test_three_of_the_four_bases_have_moved_since(sample: Sample, total: Total) -> None:
    moved = {
        target.indicator
        for target in sample.targets
        if target.base is not None and target.base != total(target.indicator, target.base_period)
    }
    assert moved == {"foreign.utilised", "retail.total", "trade.total"}


def test_the_growth_target_of_trade_is_a_fall_from_what_was_reached(
    sample: Sample, total: Total
) -> None:
    reached = total("trade.total", "2021")
    assert reached is not None
    found = [implied(t, reached) for t in sample.targets if t.indicator == "trade.total"]
    assert found == [Decimal(-18), Decimal(-17)]


def test_both_targets_for_rising_above_the_threshold_are_kept(sample: Sample) -> None:
    kept = {
        (t.indicator, t.tier): t.value
        for t in sample.targets
        if t.year == 2021 and t.indicator.startswith("enterprises.")
    }
    assert kept == {
        ("enterprises.small_to_large", "district"): Decimal(14),
        ("enterprises.above_limit_new", "assigned"): Decimal(8),
    }


def test_each_role_has_a_demonstration_account_and_each_unit_with_projects_an_officer(
    sample: Sample,
) -> None:
    roles = [person.role for person in sample.people]
    assert len(set(roles)) == 7
    officers = [p.unit for p in sample.people if p.role == "investment_officer"]
    assert sorted(officers) == ["bsb", "jdb", "spb", "swj-zs", "xfb"]
    assert len(roles) - len(officers) == 6
    assert all(person.display_name.startswith("示例") for person in sample.people)
