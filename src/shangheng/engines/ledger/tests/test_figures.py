from decimal import Decimal

from shangheng.engines.ledger.tests.conftest import Record, ask


def test_a_flow_adds_up_over_the_period(record: Record) -> None:
    record("retail.total", "40.5", "2021-01-31", "2021-02-10")
    record("retail.total", "38.09", "2021-02-28", "2021-03-10")
    assert ask("retail.total", "2021", "2021-12-31").value == Decimal("78.59")
    assert ask("retail.total", "2021-02", "2021-12-31").value == Decimal("38.09")


def test_a_figure_without_postings_is_missing_and_not_zero(record: Record) -> None:
    answer = ask("retail.total", "2021", "2021-12-31")
    assert answer.value is None
    assert answer.status == "missing"


def test_a_posted_zero_is_zero(record: Record) -> None:
    record("retail.total", "0", "2021-01-31", "2021-02-10")
    assert ask("retail.total", "2021", "2021-12-31").value == Decimal(0)


def test_a_figure_is_answered_as_known_on_a_past_date(record: Record) -> None:
    record("retail.total", "40", "2021-01-31", "2021-02-10")
    record("retail.total", "2", "2021-01-31", "2021-06-10")
    assert ask("retail.total", "2021", "2021-03-01").value == Decimal(40)
    assert ask("retail.total", "2021", "2021-06-30").value == Decimal(42)
