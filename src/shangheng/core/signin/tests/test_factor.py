import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import PASSWORD, person
from shangheng.core.audit.models import Row
from shangheng.core.signin import services, totp
from shangheng.core.signin.models import SecondFactor

pytestmark = pytest.mark.django_db
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code(steps: int = 0) -> str:
    """What an app that holds SECRET shows now, or so many steps later."""
    return totp.code_at(SECRET, int(time.time() // totp.SECONDS) + steps)


def enrolled(role: str = "auditor") -> tuple[User, list[str]]:
    user = person(role)
    at = timezone.now() - timedelta(minutes=5)
    first = totp.code_at(SECRET, int(at.timestamp() // totp.SECONDS))
    return user, services.enrol(actor=user, at=at, secret=SECRET, code=first)


def first_proof(client: Client, user: User, **more: str) -> str:
    answer = client.post("/login/", {"username": user.username, "password": PASSWORD, **more})
    return answer.headers.get("Location", "")


def is_in(client: Client) -> bool:
    return client.get("/password/").status_code == 200


def test_after_the_password_a_code_is_asked_and_nobody_is_in_before(client: Client) -> None:
    user, _codes = enrolled()
    assert first_proof(client, user, next="/audit/") == reverse("login-code")
    assert not is_in(client)
    assert not Row.objects.filter(act="login.succeeded").exists()
    answer = client.post("/login/code/", {"code": code()})
    assert answer.headers["Location"] == "/audit/"
    assert is_in(client)
    assert Row.objects.filter(act="login.succeeded", actor_id=user.pk).count() == 1


def test_a_code_is_taken_only_once(client: Client) -> None:
    user, _codes = enrolled()
    used = code()
    first_proof(client, user)
    client.post("/login/code/", {"code": used})
    other = Client()
    first_proof(other, user)
    assert other.post("/login/code/", {"code": used}).status_code == 422
    assert not is_in(other)


def test_wrong_codes_lock_like_wrong_passwords(client: Client, settings: Settings) -> None:
    user, _codes = enrolled()
    for _attempt in range(settings.LOCKOUT_FAILURES):
        assert first_proof(client, user) == reverse("login-code")
        client.post("/login/code/", {"code": "000000"})
    assert client.post("/login/code/", {"code": code()}).status_code == 422
    assert not is_in(client)
    assert first_proof(Client(), user) == ""  # nor does the password help


def test_a_right_password_forgives_no_wrong_code(client: Client, settings: Settings) -> None:
    user, _codes = enrolled()
    for _attempt in range(settings.LOCKOUT_FAILURES - 1):
        first_proof(client, user)
        client.post("/login/code/", {"code": "000000"})
    first_proof(client, user)
    assert client.post("/login/code/", {"code": "000000"}).status_code == 422
    assert Row.objects.filter(act="login.failed").count() == settings.LOCKOUT_FAILURES
    assert client.post("/login/code/", {"code": code()}).status_code == 422


def test_a_recovery_code_is_taken_once_however_it_is_typed(client: Client) -> None:
    user, codes = enrolled()
    first_proof(client, user)
    typed = f" {codes[0][:5].upper()}-{codes[0][5:]} "
    client.post("/login/code/", {"code": typed})
    assert is_in(client)
    assert Row.objects.filter(act="login.factor.recovered").count() == 1
    other = Client()
    first_proof(other, user)
    other.post("/login/code/", {"code": codes[0]})
    assert not is_in(other)
    assert len(SecondFactor.objects.get().recovery) == services.RECOVERY_CODES - 1


def test_the_second_proof_must_come_soon(client: Client) -> None:
    user, _codes = enrolled()
    first_proof(client, user)
    session = client.session
    session["signin.pending"] = session["signin.pending"] | {"until": time.time() - 1}
    session.save()
    answer = client.post("/login/code/", {"code": code()})
    assert answer.headers["Location"] == "/login/"
    assert not is_in(client)


def test_without_a_first_proof_there_is_no_second(client: Client) -> None:
    assert client.get("/login/code/").headers["Location"] == "/login/"


def test_secrets_and_recovery_codes_are_not_kept_as_they_are() -> None:
    _user, codes = enrolled()
    kept = str(SecondFactor.objects.values())
    assert SECRET not in kept
    assert not any(one in kept for one in codes)


def test_one_enrols_on_the_page_with_a_code_of_the_app(client: Client) -> None:
    user = person("auditor")
    client.force_login(user)
    page = client.get("/factor/", follow=True).content.decode()
    assert "data:image/svg+xml;base64," in page
    assert "style=" not in page
    secret = client.session["signin.secret"]
    assert client.post("/factor/enrol/", {"code": "000000"}).status_code == 422
    shown = client.post(
        "/factor/enrol/", {"code": totp.code_at(secret, int(time.time() // totp.SECONDS))}
    ).content.decode()
    assert len(re.findall(r"<code>[a-z2-9]{5}-[a-z2-9]{5}</code>", shown)) == 10
    assert SecondFactor.objects.get().user == user
    assert "signin.secret" not in client.session


def test_a_change_needs_a_code_first(client: Client) -> None:
    user, _codes = enrolled()
    client.force_login(user)
    assert client.get("/factor/enrol/").headers["Location"] == "/factor/enrol/change/"
    before = SecondFactor.objects.get().recovery
    assert client.post("/factor/codes/change/", {"code": "000000"}).status_code == 422
    assert SecondFactor.objects.get().recovery == before
    assert client.post("/factor/codes/change/", {"code": code()}).status_code == 200
    assert not set(SecondFactor.objects.get().recovery) & set(before)
    client.post("/factor/remove/change/", {"code": code(1)})
    assert not SecondFactor.objects.exists()


def test_roles_for_which_it_is_compulsory_must_enrol_first(
    client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["auditor"]
    auditor, director = person("auditor"), person("director")
    assert first_proof(client, auditor)
    assert client.get("/audit/").headers["Location"] == reverse("factor-enrol")
    assert client.get("/factor/enrol/").status_code == 200
    other = Client()
    first_proof(other, director)
    assert other.get("/targets/").status_code == 200
    at = timezone.now()
    now = totp.code_at(SECRET, int(at.timestamp() // totp.SECONDS))
    services.enrol(actor=auditor, at=at, secret=SECRET, code=now)
    assert client.get("/audit/").status_code == 200
    assert client.get("/factor/remove/change/").status_code == 302


def test_an_administrator_resets_with_a_reason(client: Client) -> None:
    user, _codes = enrolled()
    administrator = person("administrator")
    client.force_login(administrator)
    address = f"/people/{user.pk}/factor/"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert SecondFactor.objects.exists()
    client.post(address, {"reason": "手机丢失，本人持工作证到场"})
    assert not SecondFactor.objects.exists()
    row = Row.objects.get(act="login.factor.reset")
    assert (row.actor_id, row.after) == (administrator.pk, {"reason": "手机丢失，本人持工作证到场"})


def test_nobody_resets_their_own(client: Client) -> None:
    user, _codes = enrolled("administrator")
    client.force_login(user)
    assert client.post(f"/people/{user.pk}/factor/", {"reason": "想"}).status_code == 422
    assert SecondFactor.objects.exists()


def test_with_another_secret_key_no_code_opens(settings: Settings) -> None:
    user, _codes = enrolled()
    settings.SECRET_KEY = "another secret key of more than 32 characters"
    assert not services.check(user=user, at=timezone.now(), code=code())
