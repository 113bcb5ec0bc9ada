from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.query import BadReference, Counting, Query, parse_reference
from shangheng.engines.ledger.tests.test_domain_period import periods

CODES = sorted(catalogue.indicators())
VALUES = sorted({row["code"] for row in catalogue.dimensions()})

names = st.sampled_from(["sector", "kind", "origin", "stage"])
queries = st.builds(
    Query,
    indicator=st.sampled_from(CODES),
    period=periods,
    area=st.from_regex(r"[0-9]{6}", fullmatch=True),
    units=st.none() | st.frozensets(st.integers(1, 2**31), max_size=5),
    dimensions=st.dictionaries(names, st.sampled_from(VALUES), max_size=3).map(
        lambda chosen: tuple(sorted(chosen.items()))
    ),
    counting=st.sampled_from(Counting),
)
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
microseconds = st.integers(0, 4 * 10**15).map(lambda n: timedelta(microseconds=n))
instants = st.none() | st.builds(
    lambda zone, since: datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + since,
    zones,
    microseconds,
)


@given(query=queries, known_at=instants)
def test_a_reference_leads_back_to_its_question_and_its_instant(
    query: Query, known_at: datetime | None
) -> None:
    assert parse_reference(query.reference(known_at)) == (query, known_at)


@given(query=queries, known_at=instants)
def test_a_reference_is_one_path_of_plain_characters(
    query: Query, known_at: datetime | None
) -> None:
    reference = query.reference(known_at)
    assert not set(reference) & set("?#%& ")
    assert "//" not in reference


def test_an_instant_is_written_in_one_way_whatever_its_zone() -> None:
    noon = datetime(2021, 7, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    query = parse_reference("retail.total/2021/420112")[0]
    assert query.reference(noon) == query.reference(noon.astimezone(UTC))
    assert query.reference(noon).endswith("/known=20210701T040000.000000Z")


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "retail.total",
        "retail.total/2021",
        "retail.total/soon/420112",
        "retail.total/2021/420112/sector",
        "retail.total/2021/420112/units=all",
        "retail.total/2021/420112/counting=twice",
        "retail.total/2021/420112/known=yesterday",
        "retail.total/2021/420112/known=20210701T040000.000000",
    ],
)
def test_what_names_no_question_is_refused(reference: str) -> None:
    with pytest.raises(BadReference):
        parse_reference(reference)
