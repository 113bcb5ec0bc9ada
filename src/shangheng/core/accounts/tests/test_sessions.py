"""Where people are logged in, and ending it."""

import pytest
from django.test import Client

from shangheng.core.accounts.devices import device_words
from shangheng.core.accounts.models import Presence
from shangheng.core.accounts.tests.people import person

pytestmark = pytest.mark.django_db
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Windows上的Edge"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/116 MicroMessenger/8.0", "Android上的微信"),
        ("curl/8.5", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert device_words(agent) == words


def test_a_person_sees_and_ends_a_session_elsewhere() -> None:
    user = person("director")
    here, there = Client(HTTP_USER_AGENT=EDGE), Client()
    for client in (here, there):
        client.force_login(user)
        client.get("/password/")
    shown = here.get("/sessions/").content.decode()
    assert "Windows上的Edge" in shown
    assert "就是这里" in shown
    other = Presence.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"/sessions/{other.pk}/end/")
    assert there.get("/password/").status_code == 302
    assert here.get("/password/").status_code == 200


def test_nobody_ends_the_session_of_another(client: Client) -> None:
    user = person("director")
    client.force_login(user)
    client.get("/password/")
    foreign = Client()
    foreign.force_login(person("inspector", scope="all"))
    presence = Presence.objects.get(user=user)
    assert foreign.post(f"/sessions/{presence.pk}/end/").status_code == 404


def test_an_administrator_ends_every_session_of_a_person(client: Client) -> None:
    user = person("director")
    there = Client()
    there.force_login(user)
    there.get("/password/")
    client.force_login(person("administrator"))
    assert "正在使用的登录" in client.get(f"/people/{user.pk}/").content.decode()
    client.post(f"/people/{user.pk}/sessions/end/")
    assert there.get("/password/").status_code == 302
