"""What becomes of a job: done, failed, tried again, cancelled, handed back, taken up by another."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shangheng.core.accounts.models import Grant, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.jobs import leases, registry, services
from shangheng.core.jobs.leases import LeaseLost
from shangheng.core.jobs.models import Artefact, Job, State
from shangheng.core.jobs.registry import UnknownKind
from shangheng.core.jobs.run import Refused, Run, execute
from shangheng.core.jobs.tests.workshop import NOW, order, working
from shangheng.core.jobs.worker import Watch, drain

pytestmark = pytest.mark.django_db


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def take(worker: str = "w1", silent: tuple[int, ...] = ()) -> Job:
    job = leases.take(worker=worker, kinds=registry.handlers(), at=timezone.now(), silent=silent)
    assert job is not None
    return job


def nothing(run: Run) -> None:
    """Do nothing."""


def test_a_job_is_run_with_its_arguments_and_ends_as_done() -> None:
    seen: list[object] = []
    zhang = person()
    with working("test", lambda run: seen.append((run.arguments, run.actor))):
        job = order(zhang, arguments={"year": 2021})
        assert drain() == 1
    assert seen == [({"year": 2021}, zhang)]
    assert fresh(job).state == State.DONE
    assert fresh(job).finished_at


def test_what_it_says_of_its_progress_is_on_the_row() -> None:
    with working("test", lambda run: run.progress(30, 120, "第30行")):
        job = order()
        drain()
    assert (fresh(job).percent, fresh(job).note) == (25, "第30行")


def test_one_that_goes_wrong_is_tried_again_later_and_fails_in_the_end() -> None:
    def breaks(run: Run) -> None:
        raise ZeroDivisionError("nobody should read this")

    with working("test", breaks, attempts=2):
        job = order(person())
        drain()
        later = fresh(job)
        assert later.state == State.WAITING
        assert later.not_before
        assert later.not_before > timezone.now()
        Job.objects.update(not_before=None)
        drain()
    ended = fresh(job)
    assert (ended.state, ended.attempt, ended.message) == (State.FAILED, 2, "")
    assert "nobody should read this" in ended.traceback


def test_pauses_grow_up_to_an_hour() -> None:
    pauses = []
    with working("test", nothing):
        for attempt in range(8):
            order()
            job = take()
            Job.objects.filter(pk=job.pk).update(attempt=attempt + 1)
            job.attempt = attempt + 1
            leases.hand_back(job, at=NOW, counted=True)
            kept = fresh(job)
            assert kept.not_before
            pauses.append((kept.not_before - NOW) / timedelta(seconds=1))
    assert pauses[:4] == [10, 40, 160, 640]
    assert pauses[-1] == 3600


def test_one_that_cannot_be_done_fails_at_once_and_says_why() -> None:
    def refuses(run: Run) -> None:
        raise Refused("第3行没有单位")

    with working("test", refuses):
        job = order()
        drain()
    assert (fresh(job).state, fresh(job).message, fresh(job).attempt) == (
        State.FAILED,
        "第3行没有单位",
        1,
    )


def test_nobody_orders_what_they_may_not_do() -> None:
    with (
        working("test", nothing, permission="targets.import"),
        pytest.raises(PermissionDenied),
    ):
        order(person())


def test_nobody_orders_what_there_is_not() -> None:
    with pytest.raises(UnknownKind):
        order(kind="gone")


@pytest.mark.parametrize("lost", ["right", "account"])
def test_a_job_of_somebody_who_may_no_longer_do_it_is_not_run(lost: str) -> None:
    seen: list[int] = []
    zhang = person("statistics_clerk")
    with working("test", lambda run: seen.append(1), permission="targets.import"):
        job = order(zhang)
        if lost == "right":
            Grant.objects.filter(user=zhang).delete()
        else:
            User.objects.filter(pk=zhang.pk).update(is_active=False)
        drain()
    assert not seen
    assert fresh(job).state == State.FAILED
    assert "权限" in fresh(job).message


def test_under_one_key_there_is_one_job() -> None:
    with working("test", nothing):
        first = order(unique_key="import:7")
        assert order(unique_key="import:7") == first
        drain()
        assert order(unique_key="import:7").state == State.DONE
        assert Job.objects.count() == 1


def test_ordering_a_failed_one_again_starts_it_anew() -> None:
    def refuses(run: Run) -> None:
        raise Refused("no")

    with working("test", refuses):
        order(unique_key="import:7")
        drain()
    with working("test", nothing):
        assert order(unique_key="import:7").state == State.WAITING
        drain()
    assert Job.objects.get().state == State.DONE


def test_one_that_is_not_due_waits() -> None:
    with working("test", nothing):
        job = order(not_before=timezone.now() + timedelta(hours=1))
        assert drain() == 0
    assert fresh(job).state == State.WAITING


def test_a_kind_that_this_worker_does_not_know_is_left_for_others() -> None:
    with working("test", nothing):
        job = order()
    assert drain() == 0
    assert fresh(job).state == State.WAITING


def test_one_that_waits_is_cancelled_at_once_and_that_is_recorded() -> None:
    zhang = person()
    with working("test", nothing):
        job = order(zhang)
        services.cancel(actor=zhang, at=NOW, job=job)
        assert drain() == 0
    assert fresh(job).state == State.CANCELLED
    assert Row.objects.get(act="jobs.cancel").target == f"jobs.job:{job.pk}"


def test_one_that_runs_is_cancelled_at_its_next_step() -> None:
    zhang, steps = person(), []

    def works(run: Run) -> None:
        for step in range(5):
            steps.append(step)
            if step == 2:
                services.cancel(actor=zhang, at=NOW, job=run.job)
            run.progress(step, 5)

    with working("test", works):
        job = order(zhang)
        drain()
    assert steps == [0, 1, 2]
    assert fresh(job).state == State.CANCELLED


def test_a_failed_one_can_be_tried_again_with_all_its_attempts() -> None:
    zhang = person()

    def breaks(run: Run) -> None:
        raise ZeroDivisionError

    with working("test", breaks, attempts=1):
        job = order(zhang)
        drain()
        services.retry(actor=zhang, at=NOW, job=job)
        assert fresh(job).state == State.WAITING
    with working("test", nothing):
        drain()
    assert fresh(job).state == State.DONE
    assert Row.objects.filter(act="jobs.retry").exists()


def test_strangers_cancel_and_repeat_nothing() -> None:
    with working("test", nothing):
        job = order(person())
        for act in (services.cancel, services.retry):
            with pytest.raises(PermissionDenied):
                act(actor=person(), at=NOW, job=job)


def test_whoever_lost_the_job_writes_nothing_any_more() -> None:
    def works(run: Run) -> None:
        take("w2", silent=(run.job.pk,))  # we were silent too long
        run.artefact("late.txt", b"late", "text/plain")

    with working("test", works):
        job = order()
        assert execute(Run(take("w1"))) is None
    assert not Artefact.objects.exists()
    assert (fresh(job).state, fresh(job).worker, fresh(job).attempt) == (State.RUNNING, "w2", 2)


def test_what_a_whole_job_writes_stands_only_with_the_mark_that_it_is_done() -> None:
    def works(run: Run) -> None:
        person(username="made-by-the-job")
        take("w2", silent=(run.job.pk,))

    with working("test", works, whole=True):
        order()
        first = take("w1")
        assert execute(Run(first)) is None
    assert not User.objects.filter(username="made-by-the-job").exists()


def test_one_whose_worker_died_is_taken_up_again() -> None:
    with working("test", nothing):
        job = order()
        take("killed")
        assert leases.take(worker="w2", kinds=registry.handlers(), at=NOW) is None
        assert execute(Run(take("w2", silent=(job.pk,)))) == State.DONE
    assert fresh(job).attempt == 2


def test_one_that_kills_its_workers_fails_after_its_attempts() -> None:
    with working("test", nothing, attempts=2):
        job = order()
        for _ in range(2):
            take("killed", silent=(job.pk,))
        assert take("w3", silent=(job.pk,)).state == State.FAILED
    assert fresh(job).state == State.FAILED


def test_one_that_was_to_be_cancelled_when_its_worker_died_is_cancelled() -> None:
    zhang = person()
    with working("test", nothing):
        job = order(zhang)
        take("killed")
        services.cancel(actor=zhang, at=NOW, job=job)
        assert take("w2", silent=(job.pk,)).state == State.CANCELLED


def test_a_worker_that_stops_hands_the_job_back_without_counting_the_attempt() -> None:
    with working("test", lambda run: run.progress(1, 2), attempts=1):
        job = order()
        run = Run(take())
        run.stopping = True
        assert execute(run) == State.WAITING
        assert execute(Run(take())) == State.DONE
    assert fresh(job).state == State.DONE


def test_a_job_is_silent_when_its_beats_stand_still_whatever_the_clock_on_the_wall_says() -> None:
    watch = Watch(lease=0.05)
    with working("test", nothing):
        order()
        job = take()
        assert watch.silent() == []
        time.sleep(0.06)
        leases.beat(job)
        assert watch.silent() == [], "it has just been heard"
        time.sleep(0.06)
        assert watch.silent() == [job.pk]
        leases.beat(job)
        assert watch.silent() == []


def test_a_file_is_kept_whole_and_one_of_the_same_name_takes_its_place() -> None:
    content = bytes(range(256)) * 10_000

    def works(run: Run) -> None:
        run.artefact("table.bin", b"first", "application/octet-stream")
        run.artefact("table.bin", content, "application/octet-stream")

    zhang = person()
    with working("test", works):
        order(zhang)
        drain()
    kept = Artefact.objects.get()
    assert services.download(actor=zhang, at=NOW, artefact=kept) == content
    assert Row.objects.filter(act="jobs.download").exists()


def test_listeners_hear_of_every_end_and_their_mistakes_hurt_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []

    def mistaken(job: Job) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(registry, "_listeners", [mistaken, lambda job: heard.append(job.state)])
    with working("test", nothing):
        order()
        drain()
    assert heard == [State.DONE]


def test_lost_is_lost() -> None:
    with working("test", nothing):
        order()
        job = take()
        Job.objects.filter(pk=job.pk).update(attempt=9)
        with pytest.raises(LeaseLost):
            leases.end(job, State.DONE, at=NOW)
