from datetime import timedelta
from time import process_time

import pytest
from pytest_django import Settings

from shangheng.core.accounts import services
from shangheng.core.accounts.entry import (
    LockedOut,
    WrongCredentials,
    enter,
    unlock,
    user_locked_until,
)
from shangheng.core.accounts.tests.people import AT, PASSWORD, person
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def policy(settings: Settings) -> None:
    settings.LOCKOUT_FAILURES = 3
    settings.LOCKOUT_MINUTES = 15


def fail(username: str, times: int = 1, at: int = 0) -> None:
    for _time in range(times):
        with pytest.raises(WrongCredentials):
            enter(username=username, password="wrong", at=AT + at * MINUTE)


def last() -> Row:
    return Row.objects.latest("number")


def test_who_gives_name_and_password_comes_in_and_it_is_recorded() -> None:
    user = person(username="liu")
    assert enter(username="liu", password=PASSWORD, at=AT) == user
    row = last()
    assert (row.act, row.actor_id, row.target) == (
        "login.succeeded",
        user.pk,
        f"accounts.user:{user.pk}",
    )


@pytest.mark.parametrize("typed", ["LIU", " liu ", "ｌｉｕ"])
def test_a_login_name_is_recognised_however_it_is_typed(typed: str) -> None:
    user = person(username="liu")
    assert enter(username=typed, password=PASSWORD, at=AT) == user


def test_a_failure_is_recorded_without_an_actor() -> None:
    user = person(username="liu")
    fail("liu")
    row = last()
    assert (row.act, row.actor_id, row.target) == (
        "login.failed",
        None,
        f"accounts.user:{user.pk}",
    )


def test_too_many_failures_lock_the_name_even_for_the_right_password() -> None:
    person(username="liu")
    fail("liu", 3)
    with pytest.raises(LockedOut) as locked:
        enter(username="liu", password=PASSWORD, at=AT + 14 * MINUTE)
    assert locked.value.until == AT + 15 * MINUTE
    assert last().act == "login.refused"


def test_the_lock_opens_after_its_time() -> None:
    user = person(username="liu")
    fail("liu", 3)
    assert enter(username="liu", password=PASSWORD, at=AT + 15 * MINUTE) == user


def test_attempts_while_locked_do_not_prolong_the_lock() -> None:
    user = person(username="liu")
    fail("liu", 3)
    for minute in range(1, 15):
        with pytest.raises(LockedOut):
            enter(username="liu", password="wrong", at=AT + minute * MINUTE)
    assert user_locked_until(user, AT + 15 * MINUTE) is None


def test_failures_far_apart_do_not_lock() -> None:
    user = person(username="liu")
    for minute in (0, 10, 20, 30):
        fail("liu", at=minute)
    assert user_locked_until(user, AT + 30 * MINUTE) is None


def test_a_success_forgets_the_failures_before_it() -> None:
    person(username="liu")
    fail("liu", 2)
    enter(username="liu", password=PASSWORD, at=AT)
    fail("liu", 2)
    enter(username="liu", password=PASSWORD, at=AT)


def test_failures_of_one_name_do_not_lock_another() -> None:
    person(username="liu")
    chen = person(username="chen")
    fail("liu", 3)
    assert enter(username="chen", password=PASSWORD, at=AT) == chen


def test_an_administrator_can_open_the_lock_at_once() -> None:
    admin, user = person("administrator"), person(username="liu")
    fail("liu", 3)
    unlock(actor=admin, user=user, at=AT)
    assert enter(username="liu", password=PASSWORD, at=AT) == user


def test_a_reset_password_opens_the_lock() -> None:
    user = person(username="liu")
    fail("liu", 3)
    services.reset_password(actor=None, at=AT, user=user, password="Ling-yi-ge-9")
    assert enter(username="liu", password="Ling-yi-ge-9", at=AT) == user


def test_a_name_that_nobody_has_is_answered_and_locked_alike() -> None:
    person(username="liu")
    fail("nobody", 3)
    with pytest.raises(LockedOut):
        enter(username="nobody", password="wrong", at=AT)


def test_a_name_that_nobody_has_is_kept_as_a_digest_since_it_may_be_a_password() -> None:
    fail("My-secret-2021")
    row = last()
    assert row.target.startswith("accounts.unknown:")
    assert "secret" not in f"{row.target}{row.label}{row.before}{row.after}".lower()


def test_a_deactivated_person_is_told_no_more_than_a_stranger() -> None:
    user = person(username="liu")
    services.set_active(actor=None, at=AT, user=user, active=False)
    with pytest.raises(WrongCredentials):
        enter(username="liu", password=PASSWORD, at=AT)


def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(settings: Settings) -> None:
    settings.LOCKOUT_FAILURES = 1000
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    person(username="liu")

    def cost(username: str) -> float:
        start = process_time()
        fail(username, 3)
        return process_time() - start

    cost("liu")
    known, unknown = cost("liu"), cost("nobody")
    assert 0.5 < unknown / known < 2
