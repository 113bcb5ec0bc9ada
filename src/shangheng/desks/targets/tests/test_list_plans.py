"""How the databases go about the lists of postings: by index, whatever they were told about the tables."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.lists.finding import by_keys
from shangheng.core.ui.moment import Moment
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors.queue import TABS, counts
from shangheng.desks.targets.tests.desk import post
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.provenance import for_reading

MANY = 400
NOW = Moment("2021", None, datetime(2022, 1, 1, tzinfo=UTC))


@pytest.fixture
def analyzed(clerk: User, park: OrgUnit) -> None:
    """So many postings, none of them reversed, and a database that has counted them."""
    one = post(clerk, "1", "2021-03-01", park)
    fields = [f.attname for f in Posting._meta.concrete_fields if f.attname != "id"]
    copied = {name: getattr(one, name) for name in fields}
    Posting.objects.bulk_create(Posting(**copied) for _ in range(MANY))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # so few rows are read through rather than looked up
            cursor.execute("SET LOCAL enable_seqscan = off")


def plan(rows: QuerySet[Posting]) -> str:
    """What the database says that it would do."""
    return rows.explain()


def scans(told: str) -> list[str]:
    """The tables of postings and steps that are read from one end to the other."""
    return re.findall(
        r"(?:SCAN|Seq Scan on) (ledger_posting|ledger_recognitionstep|T\d|U\d)\b", told
    )


@pytest.mark.usefixtures("analyzed")
def test_a_page_of_postings_finds_reversals_by_their_index() -> None:
    page = by_keys(Posting.objects.filter(series=1).order_by("-amount", "-pk")[:50])
    told = plan(for_reading(page))
    assert scans(told) == []
    if connection.vendor == "sqlite":
        assert "ledger_posting_reversed" in told
        assert "SEARCH ledger_posting USING INTEGER PRIMARY KEY" in told, "the page's keys lead"


@pytest.mark.usefixtures("analyzed")
@pytest.mark.parametrize("status", [Status.RECOGNISED, Status.REJECTED])
def test_what_stands_in_a_status_is_not_summed_up_from_steps(status: Status) -> None:
    told = plan(reading.standing(Posting.objects.all(), status, NOW))
    assert "ledger_standing" in told
    assert "recognitionstep" not in told


def test_every_tab_is_counted_in_one_question(
    clerk: User, park: OrgUnit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post(clerk, "1", "2021-03-01", park)
    with django_assert_num_queries(1):
        found = counts(Posting.objects.all(), NOW)
    assert found == {tab: int(tab == "claimed") for tab in TABS}
