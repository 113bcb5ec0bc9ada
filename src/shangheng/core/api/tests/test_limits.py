from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shangheng.core.accounts.tests.people import person
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller, problem

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 9, 0, 20, tzinfo=UTC)


def test_no_more_pass_in_a_minute_than_the_limit() -> None:
    passed = [not limits.spend("token", "1", 100, at=AT).over for _ in range(150)]
    assert passed == [True] * 100 + [False] * 50


def test_another_minute_begins_anew_and_another_key_is_another() -> None:
    for _ in range(3):
        limits.spend("token", "1", 2, at=AT)
    assert limits.spend("token", "1", 2, at=AT).over
    assert not limits.spend("token", "2", 2, at=AT).over
    assert not limits.spend("token", "1", 2, at=AT + timedelta(minutes=1)).over


def test_processes_together_let_as_many_pass_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process has purses of its own and knows of the others by the database alone."""
    passed = 0
    processes: list[dict[str, limits._Purse]] = [{}, {}, {}]
    for number in range(300):
        monkeypatch.setattr(limits, "_purses", processes[number % 3])
        passed += not limits.spend("token", "1", 100, at=AT).over
    assert passed == 100


def test_counting_costs_few_writes() -> None:
    with CaptureQueriesContext(connection) as queries:
        for _ in range(600):
            limits.spend("token", "1", 600, at=AT)
    assert len(queries) <= 60


def test_too_many_requests_are_refused_with_the_time_to_wait(settings: Settings) -> None:
    settings.API_TOKEN_RATE = 3
    caller = Caller(person("auditor"))
    answers = [caller.get("me") for _ in range(5)]
    assert [one.status_code for one in answers][:3] == [200, 200, 200]
    last = answers[-1]
    problem(last, 429)
    assert 1 <= int(last["Retry-After"]) <= 60
    assert last["RateLimit-Policy"] == '"token";q=3;w=60'
    assert last["RateLimit"].startswith('"token";r=0;t=')


def test_an_address_that_guesses_tokens_is_slowed_down(settings: Settings) -> None:
    settings.API_ADDRESS_RATE = 2
    caller = Caller(person("auditor"))
    caller.client.defaults["REMOTE_ADDR"] = "10.1.1.1"
    statuses = [
        caller.client.get("/api/v1/me", headers={"Authorization": "Bearer shh_x"}).status_code
        for _ in range(4)
    ]
    assert statuses[:2] == [401, 401]
    assert statuses[-1] == 429
