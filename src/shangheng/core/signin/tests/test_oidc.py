import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts import services as accounts
from shangheng.core.accounts.models import Grant, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.signin.models import Identity
from shangheng.core.signin.tests import test_factor as factor
from shangheng.core.signin.tests.issuer import OTHER_KEY, Issuer, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(settings: Settings) -> Iterator[Issuer]:
    with running() as found:
        settings.OIDC_ISSUER = found.address
        settings.OIDC_CLIENT_ID = "shangheng"
        settings.OIDC_CLIENT_SECRET = "secret"
        yield found


def start(client: Client, to: str = "") -> str:
    return client.get("/login/oidc/", {"next": to} if to else {}).headers["Location"]


def is_in(client: Client) -> bool:
    return client.get("/password/").status_code == 200


def refused(client: Client, answer: Any, status: int = 403) -> str:
    assert answer.status_code == status
    assert not is_in(client)
    text: str = answer.content.decode()
    assert reverse("login") in text
    return text


def test_the_login_page_offers_the_provider_only_where_one_is_set(
    client: Client, issuer: Issuer, settings: Settings
) -> None:
    assert reverse("login-oidc") in client.get("/login/").content.decode()
    settings.OIDC_ISSUER = ""
    assert reverse("login-oidc") not in client.get("/login/").content.decode()
    assert client.get("/login/oidc/").status_code == 404
    assert client.get("/login/oidc/back/").status_code == 404


def test_somebody_known_comes_in_and_is_linked(client: Client, issuer: Issuer) -> None:
    user = person("auditor", username="auditor")
    answer = issuer.visit(client, start(client, "/audit/"))
    assert answer.headers["Location"] == "/audit/"
    assert client.get("/audit/").status_code == 200
    identity = Identity.objects.get()
    assert (identity.user, identity.subject) == (user, "4711")
    acts = set(Row.objects.filter(actor_id=user.pk).values_list("act", flat=True))
    assert {"login.identity.link", "login.succeeded"} <= acts


def test_once_linked_the_subject_counts_and_not_the_name(client: Client, issuer: Issuer) -> None:
    user = person("auditor", username="auditor")
    issuer.visit(client, start(client))
    other = Client()
    issuer.visit(other, start(other), preferred_username="renamed")
    assert other.session["_auth_user_id"] == str(user.pk)
    stranger = Client()
    told = refused(stranger, issuer.visit(stranger, start(stranger), sub="other"))
    assert "另一个身份" in told


def test_a_request_carries_state_nonce_and_a_challenge(client: Client, issuer: Issuer) -> None:
    address = start(client)
    assert address.startswith(issuer.address + "/authorize?")
    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256"):
        assert part in address
    assert start(Client()) != address


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "forged"},
        {"nonce": ""},
        {"aud": "another platform"},
        {"azp": "another platform"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
    ],
)
def test_a_token_that_is_not_for_this_login_is_refused(
    client: Client, issuer: Issuer, claims: dict[str, object]
) -> None:
    person("auditor", username="auditor")
    assert "核验" in refused(client, issuer.visit(client, start(client), **claims))
    assert not Identity.objects.exists()


def test_a_token_signed_by_somebody_else_is_refused(client: Client, issuer: Issuer) -> None:
    person("auditor", username="auditor")
    issuer.key = OTHER_KEY
    refused(client, issuer.visit(client, start(client)))


def test_a_forged_state_is_refused_and_the_true_one_is_used_up(
    client: Client, issuer: Issuer
) -> None:
    person("auditor", username="auditor")
    address = start(client)
    refused(client, client.get("/login/oidc/back/", {"code": "x", "state": "forged"}))
    refused(client, issuer.visit(client, address))


def test_coming_back_twice_is_refused(client: Client, issuer: Issuer) -> None:
    person("auditor", username="auditor")
    address = start(client)
    issuer.visit(client, address)
    client.logout()
    refused(client, issuer.visit(client, address))


def test_a_code_of_another_session_is_refused(client: Client, issuer: Issuer) -> None:
    person("auditor", username="auditor")
    address = start(client)
    victim = Client()
    start(victim)
    refused(victim, issuer.visit(victim, address))


def test_somebody_unknown_is_refused_and_recorded(client: Client, issuer: Issuer) -> None:
    assert "没有您的账号" in refused(client, issuer.visit(client, start(client)))
    row = Row.objects.get(act="login.refused")
    assert "auditor" in row.label
    assert row.after == {"way": "oidc", "reason": "account"}
    assert row.act_name == "登录被拒"
    assert not User.objects.exists()
    refused(client, issuer.visit(client, start(client)))
    assert Row.objects.filter(act="login.refused").count() == 2, (
        "the provider has vouched: each time"
    )


def test_what_the_provider_or_the_platform_refuses_is_noted_with_its_reason_once_a_day(
    client: Client, issuer: Issuer
) -> None:
    for _ in range(2):
        refused(client, client.get("/login/oidc/back/", {"code": "x", "state": "forged"}))
    issuer.is_down = True
    refused(client, client.get("/login/oidc/"), 503)
    rows = Row.objects.filter(act="login.refused").order_by("number")
    assert [row.after and row.after["reason"] for row in rows] == ["session", "unreachable"]


def test_somebody_deactivated_is_refused(client: Client, issuer: Issuer) -> None:
    user = person("auditor", username="auditor")
    issuer.visit(Client(), start(client))
    accounts.set_active(actor=None, at=timezone.now(), user=user, active=False)
    assert "停用" in refused(client, issuer.visit(client, start(client)))
    row = Row.objects.filter(act="login.refused").latest("number")
    assert (row.target, row.actor_id) == (f"accounts.user:{user.pk}", None)
    assert row.after == {"way": "oidc", "reason": "inactive"}


def test_a_setting_lets_unknown_people_in_without_any_right(
    client: Client, issuer: Issuer, settings: Settings
) -> None:
    settings.OIDC_CREATE = True
    issuer.visit(client, start(client), preferred_username="New.Person", name="新同志")
    user = User.objects.get()
    assert (user.username, user.display_name) == ("new.person", "新同志")
    assert not Grant.objects.exists()
    assert is_in(client)
    assert client.get("/audit/").status_code == 403


def test_who_says_no_there_is_told_so(client: Client, issuer: Issuer) -> None:
    state = start(client).partition("state=")[2].partition("&")[0]
    answer = client.get("/login/oidc/back/", {"error": "access_denied", "state": state})
    assert "取消" in refused(client, answer)


def test_a_provider_that_is_down_or_another_is_told(client: Client, issuer: Issuer) -> None:
    issuer.is_down = True
    refused(client, client.get("/login/oidc/"), 503)
    issuer.is_down, issuer.name = False, "http://another.example"
    refused(client, client.get("/login/oidc/"), 503)


def test_a_second_factor_is_asked_all_the_same(client: Client, issuer: Issuer) -> None:
    user, _codes = factor.enrolled()
    answer = issuer.visit(client, start(client), preferred_username=user.username)
    assert answer.headers["Location"] == reverse("login-code")
    assert not is_in(client)
    assert not Row.objects.filter(act="login.succeeded").exists()
    client.post("/login/code/", {"code": factor.code()})
    assert is_in(client)


def test_a_password_that_is_due_is_not_asked_of_who_has_none(
    client: Client, issuer: Issuer
) -> None:
    user = person("auditor", username="auditor")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    issuer.visit(client, start(client))
    assert client.get("/audit/").status_code == 200


def test_local_login_stays(client: Client, issuer: Issuer) -> None:
    user = person("auditor", username="auditor")
    factor.first_proof(client, user)
    assert is_in(client)
