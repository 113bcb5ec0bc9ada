from datetime import timedelta

import pytest
from django.conf import settings as current
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts import services as accounts
from shangheng.core.accounts.models import Grant
from shangheng.core.accounts.tests.people import PASSWORD, person
from shangheng.core.api.models import Token
from shangheng.core.api.services import digest_of, issue_token, revoke_token
from shangheng.core.api.tests.callers import Caller, problem
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db


def test_a_token_lets_a_program_act_for_its_owner() -> None:
    owner = person("auditor")
    me = Caller(owner).get("me").json()
    assert (me["id"], me["username"]) == (owner.pk, owner.username)
    assert "audit.view" in me["permissions"]


def test_only_a_digest_of_a_token_is_kept() -> None:
    caller = Caller(person("auditor"))
    kept = Token.objects.get()
    assert kept.digest == digest_of(caller.secret) != caller.secret
    assert caller.secret.startswith(kept.prefix)
    assert caller.secret not in str(Token.objects.values())


def test_a_token_cannot_be_given_more_than_its_owner_holds() -> None:
    with pytest.raises(ValidationError):
        Caller(person("investment_officer", scope="all"), ["targets.view", "audit.view"])


@pytest.mark.parametrize("days", [0, current.API_TOKEN_DAYS + 1])
def test_a_token_ends_within_the_longest_time(days: int) -> None:
    owner = person("auditor")
    with pytest.raises(ValidationError):
        issue_token(actor=owner, at=timezone.now(), name="程序", scopes=["audit.view"], days=days)


def test_a_token_does_no_more_than_its_scopes() -> None:
    caller = Caller(person("auditor"), ["targets.view"])
    assert caller.get("targets/indicators").status_code == 200
    response = caller.get("audit/rows")
    assert "audit.view" in problem(response, 403)["detail"]
    assert 'scope="audit.view"' in response["WWW-Authenticate"]


def test_a_token_does_no_more_than_its_owner_may_do_now() -> None:
    owner = person("auditor")
    caller = Caller(owner)
    assert caller.get("audit/rows").status_code == 200
    accounts.revoke(actor=None, at=timezone.now(), grant=Grant.objects.get(user=owner))
    problem(caller.get("audit/rows"), 403)
    assert caller.get("me").json()["permissions"] == []


def test_a_token_dies_with_the_account_and_does_not_come_back() -> None:
    owner = person("auditor")
    caller = Caller(owner)
    accounts.set_active(actor=None, at=timezone.now(), user=owner, active=False)
    problem(caller.get("me"), 401)
    accounts.set_active(actor=None, at=timezone.now(), user=owner, active=True)
    problem(caller.get("me"), 401)


def test_a_token_that_is_revoked_or_expired_is_refused_and_why() -> None:
    owner = person("auditor")
    revoked, expired = Caller(owner), Caller(owner)
    revoke_token(actor=owner, at=timezone.now(), token=revoked.token)
    assert "撤销" in problem(revoked.get("me"), 401)["detail"]
    Token.objects.filter(pk=expired.token.pk).update(expires_at=timezone.now())
    assert "过期" in problem(expired.get("me"), 401)["detail"]


@pytest.mark.parametrize(
    "header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer shh_00000000abc", "Bearer 令牌"]
)
def test_a_wrong_token_is_refused(header: str) -> None:
    response = Client(headers={"Authorization": header}).get("/api/v1/me")
    problem(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_the_beginning_of_a_token_alone_opens_nothing() -> None:
    caller = Caller(person("auditor"))
    forged = caller.secret[:-1] + ("A" if caller.secret[-1] != "A" else "B")
    response = Client(headers={"Authorization": f"Bearer {forged}"}).get("/api/v1/me")
    problem(response, 401)


def test_without_a_token_a_session_opens_nothing(client: Client) -> None:
    client.force_login(person("auditor"))
    problem(client.get("/api/v1/me"), 401)


def test_a_password_that_is_due_does_not_stop_a_program() -> None:
    owner = person("auditor")
    caller = Caller(owner)
    accounts.reset_password(actor=None, at=timezone.now(), user=owner, password=PASSWORD + "x")
    assert caller.get("me").status_code == 200


def test_a_second_factor_that_is_due_does_not_stop_a_program(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["auditor"]
    assert Caller(person("auditor")).get("me").status_code == 200


def test_last_use_is_written_down_to_the_minute() -> None:
    caller = Caller(person("auditor"))
    assert Token.objects.get().last_used_at is None
    caller.get("me")
    first = Token.objects.get().last_used_at
    assert first is not None
    caller.get("me")
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=2))
    caller.get("me")
    later = Token.objects.get().last_used_at
    assert later is not None
    assert later >= first


def test_making_and_ending_a_token_leaves_rows_without_the_secret() -> None:
    owner = person("auditor")
    caller = Caller(owner)
    revoke_token(actor=owner, at=timezone.now(), token=caller.token)
    revoke_token(actor=owner, at=timezone.now(), token=caller.token)
    rows = Row.objects.filter(act__startswith="api.token")
    assert [row.act for row in rows] == ["api.token.issue", "api.token.revoke"]
    assert caller.secret not in str(list(rows.values()))


def test_the_page_shows_a_new_token_once(client: Client) -> None:
    client.force_login(person("auditor"))
    form = {"name": "统计程序", "scopes": ["audit.view"], "days": "30"}
    shown = client.post("/tokens/new/", form).content.decode()
    token = Token.objects.get()
    [secret] = [word for word in shown.split('"') if word.startswith(token.prefix)]
    assert digest_of(secret) == token.digest
    listed = client.get("/tokens/").content.decode()
    assert token.prefix in listed
    assert secret not in listed


def test_the_page_offers_only_what_one_may_do(client: Client) -> None:
    client.force_login(person("investment_officer", scope="all"))
    assert "audit.view" not in client.get("/tokens/new/").content.decode()
    form = {"name": "程序", "scopes": ["audit.view"], "days": "30"}
    assert client.post("/tokens/new/", form).status_code == 422
    assert not Token.objects.exists()


def test_an_administrator_sees_and_revokes_the_tokens_of_others(client: Client) -> None:
    caller = Caller(person("auditor"))
    client.force_login(person("administrator"))
    assert caller.token.prefix in client.get("/tokens/all/").content.decode()
    act = {"act": "revoke", "row": caller.token.pk}
    assert caller.token.name in client.post("/tokens/all/", act).content.decode()
    assert caller.get("me").status_code == 200, "a preview ends nothing"
    assert client.post("/tokens/all/", act | {"confirm": "1"}).status_code == 302
    problem(caller.get("me"), 401)


def test_nobody_else_revokes_the_tokens_of_others(client: Client) -> None:
    caller = Caller(person("administrator"))
    client.force_login(person("auditor"))
    assert caller.token.prefix in client.get("/tokens/all/").content.decode()
    act = {"act": "revoke", "row": caller.token.pk, "confirm": "1"}
    assert client.post("/tokens/all/", act).status_code == 403
    client.post("/tokens/", act)  # the own ones only: this is none of them
    assert caller.get("me").status_code == 200


def test_one_ends_ones_own_tokens_and_finds_them_by_state_and_permission(client: Client) -> None:
    owner = person("auditor")
    one, other = Caller(owner), Caller(owner)
    client.force_login(owner)
    client.post("/tokens/", {"act": "revoke", "row": one.token.pk, "confirm": "1"})
    problem(one.get("me"), 401)
    assert other.get("me").status_code == 200
    live = client.get("/tokens/?view=all&state=live&scope=audit.view").content.decode()
    assert other.token.prefix in live
    assert one.token.prefix not in live
    refused = client.post("/tokens/", {"act": "revoke", "row": one.token.pk}).context["refused"]
    assert [row.why for row in refused] == ["令牌已撤销，没有可撤销的。"]


def noted(act: str) -> list[tuple[str, object]]:
    """Target and detail of the rows of an act."""
    rows = Row.objects.filter(act=act).order_by("number")
    return [(row.target, row.after) for row in rows]


def test_the_use_of_a_token_is_told_once_a_day_for_each_address() -> None:
    owner = person("auditor")
    caller = Caller(owner)
    for place in ("10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1"):
        caller.client.get("/api/v1/me", REMOTE_ADDR=place)
    told = {"way": "token", "token": f"测试程序 ({caller.token.prefix})"}
    assert noted("api.token.used") == [(f"accounts.user:{owner.pk}", told)] * 2
    assert {row.actor_id for row in Row.objects.filter(act="api.token.used")} == {owner.pk}
    assert Token.objects.get().last_address == "10.0.0.1"


def test_a_refused_token_is_told_with_its_reason_and_never_with_what_was_sent() -> None:
    owner = person("auditor")
    revoked = Caller(owner)
    revoke_token(actor=owner, at=timezone.now(), token=revoked.token)
    for _ in range(2):
        revoked.get("me")
        Client(headers={"Authorization": "Bearer shh_guessed"}).get("/api/v1/me")
        Client(headers={"Authorization": "Basic cm9vdA=="}).get("/api/v1/me")
    token = f"测试程序 ({revoked.token.prefix})"
    assert noted("api.token.refused") == [
        (f"accounts.user:{owner.pk}", {"way": "token", "reason": "revoked", "token": token}),
        ("", {"way": "token", "reason": "token"}),
        ("", {"way": "token", "reason": "header"}),
    ]
    client = Client()
    client.force_login(person("auditor"))
    page = client.get("/audit/logins/?view=all&tab=failed&way=token").content.decode()
    for words in ("令牌已撤销", "没有这个令牌", "标头里不是访问令牌", "没有的令牌", token):
        assert words in page
    assert "guessed" not in page
