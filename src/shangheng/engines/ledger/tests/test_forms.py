"""How each form of indicator comes to its value."""

from decimal import Decimal

import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.services.posting import post
from shangheng.engines.ledger.tests.conftest import Record, ask, line, on

SIGNED = "investment.projects_signed"


def test_a_subject_counts_once_however_often_it_is_posted(record: Record) -> None:
    record(SIGNED, "1", "2021-01-20", "2021-02-10", subject="海天味业")
    record(SIGNED, "1", "2021-03-20", "2021-04-10", subject="海天味业")
    record(SIGNED, "5", "2021-03-31", "2021-04-10")
    answer = ask(SIGNED, "2021", "2021-12-31")
    assert answer.value == 6
    assert {str(m): v for m, v in answer.months.items()} == {"2021-01": 1, "2021-03": 5}


def test_a_rank_is_the_last_one_of_the_period(record: Record) -> None:
    record("assessment.rank", "107", "2018-12-31", "2020-02-10")
    record("assessment.rank", "41", "2019-12-31", "2021-02-10")
    assert ask("assessment.rank", "2019", "2021-12-31").value == 41
    assert ask("assessment.rank", "2019", "2020-12-31").value is None
    assert ask("assessment.rank", "2018", "2021-12-31").value == 107


def test_a_share_is_recomputed_from_its_parts_and_never_posted(
    record: Record, clerk: User, bureau: OrgUnit
) -> None:
    record("investment.projects_tracked", "67", "2021-12-31", "2022-01-08")
    record("investment.projects_registered", "42", "2021-12-31", "2022-01-08")
    answer = ask("investment.registered_rate", "2021", "2022-01-31")
    assert answer.text == "62.7"
    assert [part.value for part in answer.parts] == [42, 67]
    share = line("investment.registered_rate", "62.7", "2021-12-31", bureau)
    with pytest.raises(LinesRefused, match="计算"):
        post(actor=clerk, at=on("2022-01-08"), lines=[share], source="测试")


def test_a_share_without_one_of_its_parts_is_missing(record: Record) -> None:
    record("investment.projects_registered", "42", "2021-12-31", "2022-01-08")
    assert ask("investment.registered_rate", "2021", "2022-01-31").value is None


def test_growth_compares_the_same_months_of_both_years(record: Record) -> None:
    for month, then, now in (("01", "10", "12"), ("02", "20", "21"), ("03", "30", "90")):
        record("trade.total", then, f"2020-{month}-28", "2020-12-10")
        if month != "03":
            record("trade.total", now, f"2021-{month}-28", "2021-03-10")
    growth = ask("trade.total", "2021", "2021-03-15").growth
    assert (growth.current, growth.base, growth.percent) == (33, 30, 10)
    assert ask("trade.total_growth", "2021", "2021-03-15").value == 10


def test_a_month_that_has_not_ended_is_left_out_of_growth_on_both_sides(record: Record) -> None:
    for year, values in ((2020, ("10", "20")), (2021, ("11", "5"))):
        for month, value in zip(("01", "02"), values, strict=True):
            known = "2021-02-08" if year == 2021 else "2020-12-10"
            record("trade.total", value, f"{year}-{month}-05", known)
    assert ask("trade.total", "2021", "2021-02-10").growth.percent == 10


def test_growth_without_a_base_is_missing_and_says_why(record: Record) -> None:
    record("trade.total", "10", "2021-01-28", "2021-02-10")
    growth = ask("trade.total", "2021", "2021-03-15").growth
    assert growth.percent is None
    assert "2020年1月" in growth.reason


def test_growth_over_different_months_is_missing_and_names_them(record: Record) -> None:
    record("trade.total", "10", "2020-01-28", "2020-12-10")
    record("trade.total", "10", "2021-01-28", "2021-03-10")
    record("trade.total", "10", "2021-02-28", "2021-03-10")
    growth = ask("trade.total", "2021", "2021-03-15").growth
    assert growth.percent is None
    assert "2020年2月" in growth.reason


def test_others_may_publish_a_share_without_its_parts(record: Record) -> None:
    record("retail.recovery", "99.2", "2021-12-31", "2022-01-10", area="420100")
    assert ask("retail.recovery", "2021", "2022-01-31", area="420100").value == Decimal("99.2")
    assert ask("retail.recovery", "2021", "2022-01-31").value is None


def test_growth_that_others_published_stands_before_what_their_totals_come_to(
    record: Record,
) -> None:
    for year, value in ((2020, "2704.3"), (2021, "3359.4")):
        record("trade.total", value, f"{year}-12-31", "2022-01-10", area="420100")
    asked = ("trade.total_growth", "2021", "2022-01-31")
    computed = ask(*asked, area="420100")
    assert (computed.status, computed.text) == ("computed", "24.2")
    record("trade.total_growth", "24.0", "2021-12-31", "2022-01-20", area="420100")
    assert ask(*asked, area="420100").value == 24


def test_units_and_the_area_are_separate_questions(record: Record, park: OrgUnit) -> None:
    record("investment.trips", "24", "2021-06-30", "2021-07-10")
    record("investment.trips", "12", "2021-06-30", "2021-07-10", unit=park)
    assert ask("investment.trips", "2021", "2021-12-31").value == 36
    only = frozenset({park.pk})
    assert ask("investment.trips", "2021", "2021-12-31", units=only).value == 12


def test_a_dimension_can_be_asked_for(record: Record) -> None:
    for sector, value in (("industrial", "3"), ("other", "4")):
        record(
            "investment.capital_in_place",
            value,
            "2021-01-20",
            "2021-02-10",
            dimensions={"sector": sector},
        )
    answer = ask(
        "investment.capital_in_place",
        "2021",
        "2021-12-31",
        dimensions=(("sector", "industrial"),),
    )
    assert answer.pending == 3
