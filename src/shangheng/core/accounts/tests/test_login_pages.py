from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as current
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts import services
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import PASSWORD, person
from shangheng.core.audit.models import Row

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
NEW = "Xin-de-mi-ma-7"


def log_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> "Response":
    return client.post("/login/", {"username": username, "password": password, **more})


def test_the_login_page_asks_for_name_and_password(client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert 'name="username"' in page
    assert 'type="password"' in page
    assert "csrfmiddlewaretoken" in page


def test_after_login_one_lands_on_the_first_page_one_may_open(client: Client) -> None:
    landing = {"statistics_clerk": "cockpit", "administrator": "people", "auditor": "cockpit"}
    for role, route in landing.items():
        client.logout()
        assert log_in(client, person(role).username).headers["Location"] == reverse(route)


def test_who_has_no_role_lands_on_the_password_page(client: Client) -> None:
    assert log_in(client, person().username).headers["Location"] == reverse("password")


def test_one_comes_back_to_the_page_one_wanted(client: Client) -> None:
    user = person("administrator")
    asked = client.get("/people/?text=liu")
    assert asked.headers["Location"] == "/login/?next=%2Fpeople%2F%3Ftext%3Dliu"
    page = client.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/people/?text=liu"' in page
    answer = log_in(client, user.username, next="/people/?text=liu")
    assert answer.headers["Location"] == "/people/?text=liu"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_one_is_not_sent_to_another_site(client: Client, elsewhere: str) -> None:
    answer = log_in(client, person("administrator").username, next=elsewhere)
    assert answer.headers["Location"] == reverse("people")


def test_a_submission_after_the_session_ended_leads_back_to_its_form(client: Client) -> None:
    answer = client.post("/people/new/", headers={"Referer": "http://testserver/people/new/?a=1"})
    assert answer.headers["Location"] == "/login/?next=%2Fpeople%2Fnew%2F%3Fa%3D1&lost=1"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "没有送达" in page


def test_a_fragment_asked_for_after_the_session_ended_moves_the_whole_page(client: Client) -> None:
    answer = client.get(
        "/audit/?page=2",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/audit/"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/login/?next=%2Faudit%2F"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client) -> None:
    person(username="liu")
    known = log_in(client, "liu", "wrong")
    unknown = log_in(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 422
    assert "登录名或密码不正确" in known.content.decode()

    def words(content: bytes) -> str:
        text = content.decode().replace("liu", "").replace("nobody", "")
        return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)

    assert words(known.content) == words(unknown.content)


def test_a_lockout_says_until_when(client: Client, settings: Settings) -> None:
    settings.LOCKOUT_FAILURES = 2
    user = person()
    log_in(client, user.username, "wrong")
    log_in(client, user.username, "wrong")
    page = log_in(client, user.username).content.decode()
    assert "该登录名已锁定" in page
    assert "连续输错2次" in page


def test_the_session_is_a_new_one_after_login(client: Client) -> None:
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.cookies[current.SESSION_COOKIE_NAME] = before or ""
    log_in(client, person("administrator").username)
    assert client.session.session_key != before


def test_a_login_without_the_token_of_the_form_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert log_in(client, person().username).status_code == 403


def test_the_session_ends_after_the_set_time_without_an_act(client: Client) -> None:
    log_in(client, person("administrator").username)
    client.get("/people/")
    session = client.session
    assert session.get_expiry_age() == current.SESSION_COOKIE_AGE
    stored = Session.objects.get(pk=session.session_key)
    Session.objects.filter(pk=stored.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/people/").headers["Location"].startswith("/login/")


def test_logging_out_ends_the_session_and_is_recorded(client: Client) -> None:
    user = person("administrator")
    client.force_login(user)
    assert client.post("/logout/").headers["Location"] == "/login/"
    assert client.get("/people/").status_code == 302
    assert Row.objects.filter(act="login.ended", actor_id=user.pk).exists()


def test_logging_out_by_a_mere_link_is_refused(client: Client) -> None:
    assert client.get("/logout/").status_code == 405


def test_a_deactivated_person_is_out_with_the_next_click(client: Client) -> None:
    user = person("director")
    client.force_login(user)
    services.set_active(actor=None, at=timezone.now(), user=user, active=False)
    assert client.get("/password/").status_code == 302


def test_who_got_a_password_from_somebody_else_must_choose_an_own_one_first(
    client: Client,
) -> None:
    user = person("administrator")
    services.reset_password(actor=None, at=timezone.now(), user=user, password=NEW)
    log_in(client, user.username, NEW)
    assert client.get("/people/").headers["Location"] == "/password/"
    assert "只有您自己知道的密码" in client.get("/password/").content.decode()
    changed = change(client, NEW, "Wo-zi-ji-de-8")
    assert changed.headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200


def test_an_old_password_must_be_renewed(client: Client, settings: Settings) -> None:
    settings.PASSWORD_DAYS = 180
    user = person("administrator")
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=181))
    client.force_login(user)
    assert client.get("/people/").headers["Location"] == "/password/"
    assert "已用满180天" in client.get("/password/").content.decode()


def change(client: Client, present: str, new: str, again: str | None = None) -> "Response":
    fields = {"present": present, "new": new, "again": new if again is None else again}
    return client.post("/password/", fields)


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        ("Kurz-1", "10"),
        ("nurkleinundlang", "四类"),
        ("Wei-ming-2021", "不能和现在的密码相同"),
        ("Zhang-Wei-88", "相似"),
        ("Password123", "常见"),
    ],
)
def test_a_password_that_does_not_fit_the_policy_is_refused(
    client: Client, new: str, complaint: str
) -> None:
    user = person("administrator", username="zhang-wei-88")
    client.force_login(user)
    page = change(client, PASSWORD, new)
    assert page.status_code == 422
    assert complaint in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_password_is_changed_only_with_the_present_one_and_both_alike(client: Client) -> None:
    user = person("administrator")
    client.force_login(user)
    assert "现在的密码不正确" in change(client, "wrong", NEW).content.decode()
    assert "两遍新密码不一样" in change(client, PASSWORD, NEW, "x").content.decode()
    assert change(client, PASSWORD, NEW).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    row = Row.objects.get(act="accounts.password.change")
    assert (row.before, row.after) == (None, None)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(client: Client) -> None:
    user, elsewhere = person("administrator"), Client()
    client.force_login(user)
    elsewhere.force_login(user)
    change(client, PASSWORD, NEW)
    assert client.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302


def test_the_language_is_switched_and_kept(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/login/"})
    assert answer.headers["Location"] == "/login/"
    assert client.cookies[current.LANGUAGE_COOKIE_NAME].value == "en"
    assert '<html lang="en">' in client.get("/login/").content.decode()


def test_one_is_told_of_the_login_before_and_of_failures_since(client: Client) -> None:
    user = person("administrator")
    log_in(client, user.username)
    assert "上次登录" not in client.get("/people/").content.decode()
    client.logout()
    log_in(client, user.username, REMOTE_ADDR="192.0.2.7")
    page = client.get("/people/").content.decode()
    assert "来自 127.0.0.1" in page
    assert "没有成功" not in page
    assert "上次登录" not in client.get("/people/").content.decode()
    client.logout()
    for _ in range(2):
        log_in(client, user.username, "wrong")
    log_in(client, user.username)
    page = client.get("/people/").content.decode()
    assert "此后有2次登录没有成功" in page


def test_the_rules_for_a_password_are_said_politely(client: Client) -> None:
    client.force_login(person())
    shown = client.get("/password/").content.decode()
    assert "密码不能与您的登录名、姓名相近。" in shown
    assert "你" not in shown
