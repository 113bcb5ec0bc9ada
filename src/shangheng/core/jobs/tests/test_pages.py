"""The pages: one's own jobs, everybody's for who manages them, files for their owner alone."""

import pytest
from django.test import Client
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.run import Run
from shangheng.core.jobs.tests.workshop import order, working
from shangheng.core.jobs.worker import drain

pytestmark = pytest.mark.django_db


def visiting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def leaves_a_file(run: Run) -> None:
    run.artefact("入账记录.csv", "编号\n1\n".encode(), "text/csv")


def breaks(run: Run) -> None:
    raise ZeroDivisionError("the inside of the machine")


def page(client: Client, name: str, *keys: object, **query: str) -> str:
    return client.get(reverse(name, args=keys), query).content.decode()


def test_one_sees_ones_own_jobs_and_who_manages_them_sees_all() -> None:
    clerk, other, manager = person("statistics_clerk"), person("director"), person("administrator")
    with working("test", leaves_a_file):
        order(clerk, label="导出一")
        order(other, label="导出二")
        assert "导出一" in page(visiting(clerk), "jobs")
        assert "导出二" not in page(visiting(clerk), "jobs")
        assert visiting(clerk).get(reverse("jobs-all")).status_code == 403
        assert "导出一" not in page(visiting(manager), "jobs")
        assert "导出一" in (everybody := page(visiting(manager), "jobs-all"))
        assert "导出二" in everybody
        assert "导出一" not in page(visiting(manager), "jobs-all", actor=other.username)


def test_the_list_is_narrowed_by_state_kind_and_words() -> None:
    clerk = person("statistics_clerk")
    with working("test", leaves_a_file), working("broken", breaks, attempts=1):
        order(clerk, label="好的")
        order(clerk, kind="broken", label="坏的")
        drain()
        client = visiting(clerk)
        assert "好的" not in page(client, "jobs", state="failed")
        assert "坏的" not in page(client, "jobs", kind="test")
        assert "坏的" in page(client, "jobs", q="坏")
        assert "没有查到任务" in page(client, "jobs", q="没有的")
    assert "还没有后台任务" in page(visiting(person("director")), "jobs")


def test_many_are_cancelled_and_repeated_after_a_preview() -> None:
    clerk = person("statistics_clerk")
    client, url = visiting(clerk), reverse("jobs")
    with working("test", leaves_a_file):
        jobs = [order(clerk, label=f"导出{number}") for number in (1, 2)]
        foreign = order(person("director"))
        rows = [job.pk for job in (*jobs, foreign)]
        preview = client.post(url, {"act": "cancel", "row": rows})
        assert [line.pk for line in preview.context["able"]] == [jobs[1].pk, jobs[0].pk]
        assert client.post(url, {"act": "cancel", "row": rows, "confirm": "1"}).status_code == 302
        states = dict(Job.objects.values_list("pk", "state"))
        assert [states[pk] for pk in rows] == ["cancelled", "cancelled", "waiting"]
        refused = client.post(url, {"act": "cancel", "row": rows[:1]}).context["refused"]
        assert [one.why for one in refused] == ["任务已经结束，没有可取消的。"]
        client.post(url, {"act": "retry", "row": rows[:1], "confirm": "1"})
        assert Job.objects.get(pk=rows[0]).state == State.WAITING


def test_the_list_asks_anew_while_something_is_open_and_is_no_step_back(client: Client) -> None:
    clerk = person("statistics_clerk")
    client.force_login(clerk)
    with working("test", leaves_a_file):
        order(clerk)
        assert "every 3s" in page(client, "jobs")
        part = {"HX-Request": "true", "HX-Target": "div#rows"}
        assert "HX-Push-Url" in client.get(reverse("jobs"), headers=part)
        anew = client.get(reverse("jobs"), headers={**part, "X-List-Anew": "1"})
        assert "HX-Push-Url" not in anew
        drain()
    assert "every 3s" not in page(client, "jobs")


def test_the_job_of_another_is_not_there() -> None:
    with working("test", leaves_a_file):
        job = order(person("statistics_clerk"))
    client = visiting(person("director"))
    for name in ("job", "job-cancel", "job-retry"):
        send = client.get if name == "job" else client.post
        assert send(reverse(name, args=[job.pk])).status_code == 404


def test_a_file_goes_to_who_ordered_it_and_not_to_who_manages_jobs() -> None:
    clerk, manager = person("statistics_clerk"), person("administrator")
    with working("test", leaves_a_file):
        job = order(clerk)
        drain()
        url = reverse("job-file", args=[job.pk, job.artefacts.get().pk])
        answer = visiting(clerk).get(url)
        assert answer.content.decode() == "编号\n1\n"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert visiting(manager).get(url).status_code == 403
        assert "入账记录.csv" not in page(visiting(manager), "job", job.pk)


def test_who_has_lost_the_right_gets_the_file_no_more() -> None:
    clerk = person("statistics_clerk")
    with working("test", leaves_a_file, permission="targets.import"):
        job = order(clerk)
        drain()
        clerk.grants.all().delete()
        url = reverse("job-file", args=[job.pk, job.artefacts.get().pk])
        assert visiting(clerk).get(url).status_code == 403


def test_what_went_wrong_inside_is_shown_to_who_manages_jobs_alone() -> None:
    clerk, manager = person("statistics_clerk"), person("administrator")
    with working("test", breaks, attempts=1):
        job = order(clerk)
        drain()
    assert "没有留下半截数据" in (told := page(visiting(clerk), "job", job.pk))
    assert "inside of the machine" not in told
    assert "inside of the machine" in page(visiting(manager), "job", job.pk)


def test_buttons_cancel_and_repeat() -> None:
    clerk = person("statistics_clerk")
    client = visiting(clerk)
    with working("test", leaves_a_file):
        job = order(clerk)
        client.post(reverse("job-cancel", args=[job.pk]))
        assert Job.objects.get().state == State.CANCELLED
        client.post(reverse("job-retry", args=[job.pk]))
        assert Job.objects.get().state == State.WAITING


def test_an_open_job_asks_again_by_itself_and_a_finished_one_no_more() -> None:
    clerk = person("statistics_clerk")
    with working("test", leaves_a_file):
        job = order(clerk)
        assert "every 1s" in (told := page(visiting(clerk), "job", job.pk))
        assert 'http-equiv="refresh"' in told
        drain()
        told = page(visiting(clerk), "job", job.pk)
    assert "every 1s" not in told
    assert "refresh" not in told


def test_a_schedule_is_run_out_of_turn_once_at_a_time() -> None:
    client = visiting(person("administrator"))
    assert "台账按日汇总" in page(client, "job-schedules")
    for _ in range(2):
        answer = client.post(reverse("job-schedule-run", args=["ledger.rollup"]))
        assert answer.status_code == 302
    assert Job.objects.count() == 1
    assert client.post(reverse("job-schedule-run", args=["none"])).status_code == 404


def test_a_job_that_is_finished_is_not_said_to_be_queued_again() -> None:
    clerk = person("statistics_clerk")
    with working("test", leaves_a_file):
        job = order(clerk)
        drain()
        client = visiting(clerk)
        answer = client.post(reverse("job-retry", args=[job.pk]), follow=True).content.decode()
        assert "任务已经做完，不能重做。" in answer
        assert "已重新排队" not in answer
        assert Job.objects.get().state == State.DONE


def test_why_says_that_a_job_is_its_owners() -> None:
    clerk, other, manager = person("statistics_clerk"), person("director"), person("administrator")
    with working("test", leaves_a_file):
        at = reverse("job", args=[order(clerk).pk])
    assert "您可以看" in page(visiting(clerk), "why", at=at)
    assert "您可以看" in page(visiting(manager), "why", at=at)
    for address in (at, reverse("job", args=[999])):
        told = page(visiting(other), "why", at=address)
        assert "您不能看" in told
        assert "它只对所属的本人开放" in told
