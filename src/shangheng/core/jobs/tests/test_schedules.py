"""What comes by itself comes once for each instant at which it is due."""

from datetime import UTC, datetime, time, timedelta

import pytest

from shangheng.core.jobs import registry
from shangheng.core.jobs.housekeeping import prune
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import Schedule
from shangheng.core.jobs.schedules import tick
from shangheng.core.jobs.tests.workshop import NOW, order, working
from shangheng.core.jobs.worker import drain

NIGHTLY = Schedule("nightly", "test", daily_at=time(0, 20))
OFTEN = Schedule("often", "test", every=timedelta(minutes=10))


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_schedules", {"nightly": NIGHTLY})


def test_a_daily_one_is_due_at_its_local_time() -> None:
    before, after = (datetime(2021, 12, 30, 16, minute, tzinfo=UTC) for minute in (19, 21))
    assert NIGHTLY.slot(before).isoformat() == "2021-12-30T00:20:00+08:00"
    assert NIGHTLY.slot(after).isoformat() == "2021-12-31T00:20:00+08:00"
    assert NIGHTLY.following(after).isoformat() == "2022-01-01T00:20:00+08:00"


def test_a_frequent_one_is_due_at_round_instants() -> None:
    at = datetime(2021, 12, 31, 2, 17, 30, tzinfo=UTC)
    assert OFTEN.slot(at).isoformat() == "2021-12-31T02:10:00+00:00"


def test_one_says_when_it_is_due_in_one_way() -> None:
    with pytest.raises(ValueError, match="daily_at or every"):
        Schedule("never", "test")


@pytest.mark.django_db
def test_however_many_workers_look_it_is_ordered_once_for_each_instant() -> None:
    with working("test", lambda run: None):
        for _worker in range(3):
            tick(at=NOW, seen={})
        assert Job.objects.count() == 1
        drain()
        tick(at=NOW, seen={})
        tick(at=NOW + timedelta(days=1), seen={})
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_a_clock_that_is_set_back_orders_nothing_twice() -> None:
    with working("test", lambda run: None):
        tick(at=NOW - timedelta(days=1))
        drain()
        tick(at=NOW)
        drain()
        assert tick(at=NOW - timedelta(days=1)) == []


@pytest.mark.django_db
def test_one_that_still_runs_is_not_ordered_beside_itself() -> None:
    with working("test", lambda run: None):
        tick(at=NOW)
        assert tick(at=NOW + timedelta(days=1)) == []


@pytest.mark.django_db
def test_old_jobs_go_and_open_ones_stay() -> None:
    with working("test", lambda run: run.progress(1, 1)):
        order()
        drain()
        waiting = order()
    Job.objects.filter(state=State.DONE).update(finished_at=NOW - timedelta(days=31))
    assert prune(at=NOW) == 1
    assert list(Job.objects.all()) == [waiting]


@pytest.mark.django_db
def test_of_one_that_comes_often_only_the_last_that_went_well_and_those_that_failed_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    often = Schedule("often", "test", every=timedelta(minutes=1), kept=timedelta(minutes=10))
    monkeypatch.setattr(registry, "_schedules", {"often": often, "nightly": NIGHTLY})
    with working("test", lambda run: None):
        for minute in range(30):
            at = NOW + timedelta(minutes=minute)
            for job in tick(at=at):
                state = State.FAILED if minute == 3 else State.DONE
                Job.objects.filter(pk=job.pk).update(state=state, finished_at=at)
    left = Job.objects.filter(schedule="often").order_by("pk")
    minutes = [(job.created_at - NOW) // timedelta(minutes=1) for job in left]
    assert minutes == [3, *range(19, 30)]
    assert Job.objects.filter(schedule="nightly").count() == 1


@pytest.mark.django_db
def test_the_clearing_up_of_the_night_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    order(kind="jobs.prune")
    order(kind="ledger.rollup")
    assert drain() == 2
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
