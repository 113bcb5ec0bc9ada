from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.query import Counting, Query
from shangheng.engines.ledger.domain.status import MOVES, Status
from shangheng.engines.ledger.models import Posting, Rollup
from shangheng.engines.ledger.selectors.balances import balances
from shangheng.engines.ledger.selectors.figures import figures
from shangheng.engines.ledger.services.posting import CannotReverse, post, reverse
from shangheng.engines.ledger.services.recognition import CannotMove, Move, move
from shangheng.engines.ledger.services.rollups import catch_up, catch_up_to_yesterday, rebuild
from shangheng.engines.ledger.tests.conftest import HOME, Record, line, on

CAPITAL = "investment.capital_in_place"  # recognised by a superior office
FDI = "foreign.utilised"
CODES = (CAPITAL, FDI, "investment.projects_signed", "investment.industrial_share")

days = st.dates(date(2020, 11, 1), date(2021, 6, 30))
acts = st.one_of(
    st.tuples(
        st.just("post"),
        st.sampled_from([CAPITAL, FDI]),
        st.decimals("0.01", "500", places=2),
        days,
        st.integers(0, 1),
    ),
    st.tuples(st.just("reverse"), st.integers(0, 9)),
    st.tuples(
        st.just("move"),
        st.integers(0, 9),
        st.sampled_from(sorted(MOVES)),
        st.decimals("0.01", "1", places=2),
    ),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


def play(script: list[tuple[Any, ...]], actor: User, units: list[OrgUnit]) -> datetime:
    """Act after act, an hour between them; what the ledger refuses is left out."""
    now = on("2021-07-01")
    for act in script:
        now += timedelta(days=int(act[1])) if act[0] == "wait" else timedelta(hours=1)
        postings = list(Posting.objects.filter(reverses=None).order_by("pk"))
        try:
            with transaction.atomic():
                perform(act, actor, units, postings, now)
        except (CannotMove, CannotReverse):
            continue
    return now


def perform(
    act: tuple[Any, ...],
    actor: User,
    units: list[OrgUnit],
    postings: list[Posting],
    now: datetime,
) -> None:
    match act:
        case ("post", str(code), value, date() as day, int(which)):
            fact = line(code, str(value), day.isoformat(), units[which])
            post(actor=actor, at=now, lines=[fact], source="演练")
        case ("reverse", int(which)) if postings:
            target = postings[which % len(postings)]
            reverse(actor=actor, at=now, postings=[target.pk], reason="填错")
        case (
            "move",
            int(which),
            (Status() as origin, Status() as destination),
            Decimal() as share,
        ) if postings:
            target = postings[which % len(postings)]
            reason = "duplicate_voucher" if destination is Status.REJECTED else ""
            step = Move(target.pk, origin, destination, share, reason)
            move(actor=actor, at=now, moves=[step], act="ledger.decide")


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=st.lists(acts, min_size=1, max_size=12), known=st.integers(-40, 1))
def test_rollups_answer_exactly_what_the_postings_answer(
    script: list[tuple[Any, ...]],
    known: int,
    clerk: User,
    bureau: OrgUnit,
    park: OrgUnit,
) -> None:
    with transaction.atomic():
        end = play(script, clerk, [bureau, park])
        catch_up(through=end.date())
        asked = [
            Query(code, period, HOME, units, counting=counting)
            for code in CODES
            for period in (Period.parse("2021"), Period.parse("2020-12/2021-03"))
            for units in (None, frozenset({park.pk}))
            for counting in Counting
        ]
        for known_at in (end, end + timedelta(days=known), end + timedelta(days=known, hours=7)):
            fast = figures(asked, known_at=known_at)
            assert fast == figures(asked, known_at=known_at, from_postings=True)
        before = stored()
        rebuild()
        assert stored() == before
        transaction.set_rollback(True)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=st.lists(acts, min_size=1, max_size=15))
def test_whatever_happens_the_statuses_of_a_posting_sum_to_its_amount(
    script: list[tuple[Any, ...]], clerk: User, bureau: OrgUnit, park: OrgUnit
) -> None:
    with transaction.atomic():
        play(script, clerk, [bureau, park])
        held = balances(Posting.objects.values_list("pk", flat=True))
        for posting in Posting.objects.all():
            amounts = held[posting.pk]
            assert sum(amounts.values()) == posting.amount
            assert all(amount * posting.amount >= 0 for amount in amounts.values())
        transaction.set_rollback(True)


def stored() -> list[str]:
    fields = ("grain", "indicator", "area", "unit", "month", "known_on", "status")
    sums = ("amount", "postings", "samples", "reversals")
    return sorted(repr(row) for row in Rollup.objects.values_list(*fields, *sums))


def test_days_are_rolled_once_and_only_when_they_have_passed(record: Record) -> None:
    record("retail.total", "40", "2021-01-31", "2021-02-10")
    catch_up_to_yesterday(at=on("2021-02-11"))
    first = stored()
    catch_up_to_yesterday(at=on("2021-02-11"))
    assert first
    assert stored() == first


def test_what_is_recorded_after_a_day_was_rolled_counts_from_the_next_instant(
    record: Record,
) -> None:
    record("retail.total", "40", "2021-01-31", "2021-02-10")
    catch_up(through=date(2021, 3, 1))
    late = record("retail.total", "2", "2021-01-31", "2021-02-20")
    assert late.recorded_at > on("2021-03-01")


def test_the_first_act_of_a_day_rolls_up_the_days_before_it(
    record: Record, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record("retail.total", "40", "2021-01-31", "2021-02-10")
    assert not stored(), "the day itself is not over"
    with django_capture_on_commit_callbacks(execute=True):
        record("retail.total", "2", "2021-01-31", "2021-02-12")
    assert len(stored()) == 1
