"""What has been quoted stays: nothing is recorded at or before a sealed instant."""

from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.selectors.figures import figures
from shangheng.engines.ledger.services.posting import CannotReverse, post, reverse
from shangheng.engines.ledger.services.recognition import CannotMove, submit
from shangheng.engines.ledger.services.rollups import catch_up
from shangheng.engines.ledger.services.sealing import seal
from shangheng.engines.ledger.tests.conftest import HOME, Record, ask, line, on

CAPITAL = "investment.capital_in_place"
START = on("2021-07-01")
ASKED = [
    Query(code, Period.parse("2021"), HOME, counting=counting)
    for code in (CAPITAL, "retail.total", "investment.projects_signed")
    for counting in Counting
]

hours = st.integers(-200, 200)  # clocks of several machines, also set back
acts = st.lists(
    st.one_of(
        st.tuples(st.just("post"), hours, st.integers(1, 99)),
        st.tuples(st.just("submit"), hours, st.integers(0, 9)),
        st.tuples(st.just("reverse"), hours, st.integers(0, 9)),
        st.tuples(st.just("quote"), hours, st.just(0)),
        st.tuples(st.just("roll"), hours, st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


def test_what_is_recorded_after_a_seal_is_later_than_it(record: Record) -> None:
    sealed = seal(at=on("2021-07-01"))
    late = record("retail.total", "1", "2021-01-31", "2021-06-01")
    assert late.recorded_at > sealed
    assert late.entry.recorded_at == late.recorded_at
    assert ask("retail.total", "2021", "2021-07-01").value is None


def test_sealing_an_earlier_instant_opens_nothing_again(record: Record) -> None:
    seal(at=on("2021-07-01"))
    assert seal(at=on("2021-05-01")) == on("2021-05-01")
    assert record("retail.total", "1", "2021-01-31", "2021-06-01").recorded_at > on("2021-07-01")


def test_an_hour_after_midnight_belongs_to_its_own_day_in_the_rollups(record: Record) -> None:
    """Half past midnight in Wuhan is still the day before in UTC, as databases keep it."""
    midnight = on("2021-07-01") - timedelta(hours=12)
    lines = {-30: "1", 30: "2", 60 * 9: "4"}
    for minutes, value in lines.items():
        record("retail.total", value, "2021-01-31", midnight + timedelta(minutes=minutes))
    catch_up(through=midnight.date() - timedelta(days=1))
    year = Query("retail.total", Period.parse("2021"), HOME)
    known = [midnight + timedelta(minutes=minutes) for minutes in (-31, -1, 0, 29, 31, 600)]
    for at, expected in zip(known, (None, 1, 1, 1, 3, 7), strict=True):
        for raw in (False, True):
            assert figures([year], known_at=at, from_postings=raw)[0].value == expected
    catch_up(through=midnight.date())
    assert figures([year], known_at=known[-1])[0].value == 7


def test_a_count_is_asked_to_the_minute(record: Record) -> None:
    record("investment.projects_signed", "3", "2021-01-31", on("2021-07-01"))
    year = Query("investment.projects_signed", Period.parse("2021"), HOME)
    before, at = on("2021-07-01") - timedelta(minutes=1), on("2021-07-01")
    assert figures([year], known_at=before)[0].value is None
    assert figures([year], known_at=at)[0].value == 3


def test_a_reversal_is_never_known_before_its_posting_though_the_clock_was_set_back(
    record: Record, clerk: User
) -> None:
    posting = record("retail.total", "40", "2021-01-31", "2021-06-10")
    entry = reverse(actor=clerk, at=on("2021-06-01"), postings=[posting.pk], reason="填错")
    assert entry.recorded_at == posting.recorded_at
    assert ask("retail.total", "2021", "2021-06-05").value is None
    assert ask("retail.total", "2021", "2021-06-10").value is None


def test_a_step_is_never_known_before_the_one_it_follows(record: Record, clerk: User) -> None:
    posting = record(CAPITAL, "10", "2021-01-31", "2021-06-10")
    submit(actor=clerk, at=on("2021-06-20"), postings=[posting.pk])
    reverse(actor=clerk, at=on("2021-06-15"), postings=[posting.pk], reason="填错")
    held = balances([posting.pk], on("2021-06-16"))[posting.pk]
    assert held == {Status.CLAIMED: posting.amount}


def quoted(known_at: datetime) -> list[Figure]:
    return figures(ASKED, known_at=known_at)


def perform(act: str, at: datetime, number: int, clerk: User, bureau: OrgUnit) -> None:
    """One act; what the ledger refuses is left out."""
    live = list(Posting.objects.filter(reverses=None).values_list("pk", flat=True).order_by("pk"))
    try:
        with transaction.atomic():
            if act == "post":
                code = (CAPITAL, "retail.total", "investment.projects_signed")[number % 3]
                facts = [line(code, str(number), "2021-02-10", bureau)]
                post(actor=clerk, at=at, lines=facts, source="演练")
            elif act == "submit" and live:
                submit(actor=clerk, at=at, postings=[live[number % len(live)]])
            elif act == "reverse" and live:
                reverse(actor=clerk, at=at, postings=[live[number % len(live)]], reason="填错")
            elif act == "roll":
                catch_up(through=at.date())
    except (CannotMove, CannotReverse):
        return


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=acts)
def test_an_answer_as_known_at_a_sealed_instant_never_changes(
    script: list[tuple[str, int, int]], clerk: User, bureau: OrgUnit
) -> None:
    with transaction.atomic():
        answers: dict[datetime, list[Figure]] = {}
        for act, hour, number in script:
            at = START + timedelta(hours=hour)
            if act == "quote":
                answers[seal(at=at)] = quoted(at)
            else:
                perform(act, at, number, clerk, bureau)
        for known_at, told in answers.items():
            assert quoted(known_at) == told
            assert figures(ASKED, known_at=known_at, from_postings=True) == told
        transaction.set_rollback(True)
