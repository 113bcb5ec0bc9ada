import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.selectors.provenance import (
    evidence_count,
    moments,
    postings_of,
    steps_of,
    views,
)
from shangheng.engines.ledger.services.posting import attach, post, reverse
from shangheng.engines.ledger.services.recognition import submit
from shangheng.engines.ledger.tests.conftest import HOME, Record, line, on

RETAIL = "retail.total"
CAPITAL = "investment.capital_in_place"
YEAR = Query(RETAIL, Period.parse("2021"), HOME)


def test_the_postings_behind_a_figure_are_those_that_it_counts(
    record: Record, park: OrgUnit
) -> None:
    inside = record(RETAIL, "40", "2021-01-31", "2021-02-10")
    of_park = record(RETAIL, "2", "2021-02-28", "2021-03-10", unit=park)
    record(RETAIL, "7", "2020-12-31", "2021-02-10")
    record(RETAIL, "900", "2021-01-31", "2021-02-10", area="420100")
    record("trade.total", "5", "2021-01-31", "2021-02-10")
    late = record(RETAIL, "1", "2021-01-31", "2021-06-10")
    assert list(postings_of(YEAR, known_at=on("2021-06-30"))) == [of_park, late, inside]
    assert list(postings_of(YEAR, known_at=on("2021-04-01"))) == [of_park, inside]
    only = Query(RETAIL, Period.parse("2021"), HOME, units=frozenset({park.pk}))
    assert list(postings_of(only, known_at=on("2021-06-30"))) == [of_park]


def test_a_dimension_narrows_the_postings_behind_a_figure(record: Record) -> None:
    industrial = record(
        CAPITAL, "3", "2021-01-31", "2021-02-10", dimensions={"sector": "industrial"}
    )
    record(CAPITAL, "4", "2021-01-31", "2021-02-10", dimensions={"sector": "other"})
    query = Query(CAPITAL, Period.parse("2021"), HOME, dimensions=(("sector", "industrial"),))
    assert list(postings_of(query, known_at=on("2021-03-01"))) == [industrial]


def test_moments_tell_how_a_figure_changed_as_more_became_known(
    record: Record, clerk: User
) -> None:
    record(RETAIL, "40", "2021-01-31", "2021-02-10")
    wrong = record(RETAIL, "50", "2021-02-28", "2021-03-10")
    reverse(actor=clerk, at=on("2021-04-10"), postings=[wrong.pk], reason="填错")
    record(RETAIL, "38", "2021-02-28", "2021-04-10")
    told = [
        (str(one.known_on), one.value, one.change)
        for one in moments(YEAR, known_at=on("2021-12-31"))
    ]
    assert told == [("2021-02-10", 40, None), ("2021-03-10", 90, 50), ("2021-04-10", 78, -12)]
    assert len(moments(YEAR, known_at=on("2021-03-31"))) == 2


def test_evidence_is_counted_by_content_and_as_known(
    clerk: User, bureau: OrgUnit, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.EVIDENCE_DIR = tmp_path_factory.mktemp("evidence")
    now = on("2021-02-10")
    same, copy, other = (
        evidence.store(actor=clerk, at=now, name=name, content=f"月,数\n{text}\n".encode())
        for name, text in (("a.csv", "1,40"), ("b.csv", "1,40"), ("c.csv", "2,38"))
    )
    fact = line(RETAIL, "40", "2021-01-31", bureau, documents=(same.pk, copy.pk))
    posting = post(actor=clerk, at=now, lines=[fact], source="月报").postings.get()
    attach(actor=clerk, at=on("2021-05-01"), posting=posting, documents=[other.pk])
    assert evidence_count(YEAR, known_at=on("2021-04-30")) == 1
    assert evidence_count(YEAR, known_at=on("2021-05-02")) == 2


def test_a_posting_is_read_with_where_its_amount_stood(record: Record, clerk: User) -> None:
    posting = record(CAPITAL, "10", "2021-01-31", "2021-02-10")
    submit(actor=clerk, at=on("2021-02-20"), postings=[posting.pk])
    [then] = views([posting], known_at=on("2021-02-15"))
    [now] = views([posting])
    assert (then.value, then.unit, then.amounts) == (10, "亿元", {Status.CLAIMED: 10})
    assert now.amounts == {Status.SUBMITTED: 10}
    assert not steps_of(posting, known_at=on("2021-02-15"))
    assert len(steps_of(posting)) == 1


def test_reading_many_postings_takes_as_many_queries_as_reading_one(
    record: Record, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, 21):
        record(RETAIL, "1", f"2021-01-{day:02}", "2021-02-10")
    with django_assert_max_num_queries(4):
        rows = list(postings_of(YEAR, known_at=on("2021-03-01")))
        assert all(row.entry.actor.display_name for row in rows)
        assert all(view.value == 1 for view in views(rows))
        assert not any(view.is_reversed for view in views(rows[:0]))
