import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.notices import delivery as sending
from shangheng.core.notices import outlets
from shangheng.core.notices.delivery import deliver_due
from shangheng.core.notices.models import Delivery, Notice, Outlet, Preference, State
from shangheng.core.notices.outgoing import Forbidden, must_be_allowed
from shangheng.core.notices.services import notify
from shangheng.core.notices.tests.standin import SECRET, Other, Post, other_system, post_office

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[5]


def mail_server(port: int) -> SimpleNamespace:
    """The settings of a mail server on a port of this machine."""
    return SimpleNamespace(host="127.0.0.1", port=port, user="", password="", ssl=False, tls=False)


def minutes(count: float) -> datetime:
    """So long after nine in the morning."""
    return AT + timedelta(minutes=count)


@pytest.fixture
def office(settings: Settings) -> Iterator[Post]:
    with post_office() as (post, port):
        settings.MAIL_SERVER = mail_server(port)
        settings.MAIL_FROM = "商衡 <shangheng@swj.example>"
        settings.ADDRESS = "https://shangheng.example"
        yield post


@pytest.fixture
def other(settings: Settings) -> Iterator[Other]:
    settings.OUTGOING_NETWORKS = [ip_network("127.0.0.0/8")]
    with other_system() as system:
        yield system


@pytest.fixture
def administrator() -> User:
    return person("administrator")


@pytest.fixture
def wu() -> User:
    user = person()
    Preference.objects.create(person=user, email="wu@swj.example")
    return user


def tell(to: User | None, key: str, kind: str = "report.returned", at: datetime = AT) -> Delivery:
    people = [to] if to else []
    event = notify(
        to=people, kind=kind, subject=f"退回了{key}", url="/x/", at=at, key=f"{kind}{key}"
    )
    return event.deliveries.get()


def outlet(administrator: User, service: str, address: str, secret: str = "") -> tuple[Outlet, str]:
    return outlets.create_outlet(
        actor=administrator,
        at=AT,
        name=service,
        service=service,
        address=address,
        secret=secret,
        kinds=["report.returned"],
        language="zh-hans",
    )


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def state(delivery: Delivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts


def test_a_mail_is_sent_once_and_says_what_and_where(office: Post, wu: User) -> None:
    delivery = tell(wu, "一")
    assert deliver_due(at=minutes(1)) == 1
    assert deliver_due(at=minutes(2)) == 0
    [mail] = map(read, office.taken)
    assert mail["subject"] == "商衡：退回了一"
    assert mail["message-id"] == f"<{delivery.uid}@swj.example>"
    assert "https://shangheng.example/x/" in mail.get_content()
    assert state(delivery) == (State.SENT, 1)


def test_a_mail_is_in_the_language_of_its_reader(office: Post, wu: User) -> None:
    Preference.objects.update(language="en")
    tell(wu, "一")
    deliver_due(at=minutes(1))
    assert read(office.taken[0])["subject"].startswith("Shangheng: ")


@pytest.mark.usefixtures("office")
def test_whoever_gave_no_address_is_told_in_the_platform_only() -> None:
    notify(to=[person()], kind="report.returned", subject="退回了", at=AT)
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 0)


def test_what_exceeds_the_cap_goes_into_one_digest(
    office: Post, wu: User, settings: Settings
) -> None:
    settings.MAIL_CAP, settings.DIGEST_AT = 2, time(17, 0)
    for key in "一二三四":
        tell(wu, key)
    deliver_due(at=minutes(1))
    assert len(office.taken) == 2
    deliver_due(at=minutes(7 * 60))
    assert len(office.taken) == 2
    deliver_due(at=minutes(8 * 60 + 1))
    digest = read(office.taken[2])
    assert digest["subject"] == "商衡每日汇总：2条消息"
    assert "退回了三" in digest.get_content()
    assert len(office.taken) == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_quiet_hours_hold_what_is_not_urgent(office: Post, wu: User, settings: Settings) -> None:
    settings.QUIET_HOURS = (time(20, 0), time(8, 0))
    night = minutes(12 * 60)  # nine in the evening
    tell(wu, "一", at=night)
    tell(wu, "二", kind="account.password_reset", at=night)
    deliver_due(at=night)
    assert [read(one)["subject"] for one in office.taken] == ["商衡：退回了二"]
    deliver_due(at=minutes(22 * 60))
    deliver_due(at=minutes(23 * 60 + 1))
    assert len(office.taken) == 2


def test_a_refused_recipient_is_given_up_and_a_busy_server_tried_again(
    office: Post, wu: User
) -> None:
    office.refuse = "451 later"
    busy = tell(wu, "一")
    deliver_due(at=minutes(1))
    assert state(busy) == (State.FAILED, 1)
    assert "451" in busy.reason
    deliver_due(at=minutes(1.5))
    assert state(busy) == (State.FAILED, 1)
    office.refuse = "550 no such person"
    deliver_due(at=minutes(2.1))
    assert state(busy) == (State.GIVEN_UP, 2)


def test_a_message_is_given_up_after_the_last_pause(wu: User, settings: Settings) -> None:
    settings.MAIL_SERVER = mail_server(1)
    delivery = tell(wu, "一")
    at = AT
    for _ in range(len(sending.PAUSES) + 1):
        deliver_due(at=at)
        at += timedelta(days=1, seconds=1)
    assert state(delivery) == (State.GIVEN_UP, len(sending.PAUSES) + 1)
    assert delivery.log.count() == len(sending.PAUSES) + 1


def test_who_dies_between_sending_and_writing_leaves_it_to_be_sent_again_as_the_same(
    office: Post, wu: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(wu, "一")
    with monkeypatch.context() as dying:
        dying.setattr(sending, "_write", _die)
        with pytest.raises(KeyboardInterrupt):
            deliver_due(at=minutes(1))
    deliver_due(at=minutes(2))
    assert len(office.taken) == 1
    deliver_due(at=minutes(7))
    assert len({read(mail)["message-id"] for mail in office.taken}) == 1
    assert len(office.taken) == 2


def _die(*_args: object) -> None:
    raise KeyboardInterrupt


def test_a_wecom_robot_takes_a_message_and_names_its_error(
    other: Other, administrator: User
) -> None:
    robot, _secret = outlet(administrator, "wecom", f"{other.url}/wecom?key=good")
    delivery = tell(None, "[一](http://evil)")
    deliver_due(at=minutes(1))
    assert state(delivery) == (State.SENT, 1)
    content = json.loads(other.taken[0][2])["markdown"]["content"]
    assert "［一］(http://evil)" in content  # not a link
    outlets.change_outlet(
        actor=administrator,
        at=AT,
        outlet=robot,
        seen=robot.version,
        address=f"{other.url}/wecom?key=bad",
    )
    refused = tell(None, "二")
    deliver_due(at=minutes(2))
    assert state(refused) == (State.GIVEN_UP, 1)
    assert "93000" in refused.reason


def test_no_more_than_twenty_a_minute_go_to_a_group(other: Other, administrator: User) -> None:
    outlet(administrator, "wecom", f"{other.url}/wecom?key=good")
    for number in range(23):
        tell(None, str(number))
    deliver_due(at=minutes(1))
    assert len(other.taken) == 20
    assert not Delivery.objects.filter(state=State.FAILED).exists()
    other.taken.clear()
    deliver_due(at=minutes(2.1))
    assert len(other.taken) == 3


def test_a_dingtalk_robot_checks_the_signature(other: Other, administrator: User) -> None:
    robot, _secret = outlet(administrator, "dingtalk", f"{other.url}/dingtalk?t=1", SECRET)
    delivery = tell(None, "一")
    deliver_due(at=minutes(1))
    assert state(delivery) == (State.SENT, 1)
    outlets.change_outlet(
        actor=administrator, at=AT, outlet=robot, seen=robot.version, secret="SECwrong"
    )
    refused = tell(None, "二")
    deliver_due(at=minutes(2))
    assert state(refused) == (State.GIVEN_UP, 1)
    assert "310000" in refused.reason


def documented_verification() -> dict[str, Any]:
    """What the Python of docs/reference/webhooks.md defines."""
    page = (ROOT / "docs" / "reference" / "webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def test_the_documented_python_verifies_a_webhook(other: Other, administrator: User) -> None:
    _webhook, secret = outlet(administrator, "webhook", f"{other.url}/hook")
    delivery = tell(None, "一")
    deliver_due(at=minutes(1))
    [(_path, headers, body)] = other.taken
    verified = documented_verification()["verified"]
    now = minutes(1).timestamp()
    assert verified(secret, headers, body, now=now)["data"]["subject"] == "退回了一"
    assert headers["webhook-id"] == str(delivery.uid)
    with pytest.raises(ValueError, match="signature"):
        verified(secret, headers, body + b" ", now=now)
    with pytest.raises(ValueError, match="old"):
        verified(secret, headers, body, now=now + 3600)


def test_a_webhook_is_repeated_under_the_same_id_and_not_redirected(
    other: Other, administrator: User
) -> None:
    outlet(administrator, "webhook", f"{other.url}/moved")
    delivery = tell(None, "一")
    deliver_due(at=minutes(1))
    assert state(delivery) == (State.FAILED, 1)
    deliver_due(at=minutes(3))
    assert [path for path, *_ in other.taken] == ["/moved", "/moved"]
    assert len({headers["webhook-id"] for _path, headers, _body in other.taken}) == 1
    sending.redeliver(actor=administrator, delivery=delivery, at=minutes(4))
    deliver_due(at=minutes(4))
    assert len(other.taken) == 3


def test_an_outlet_that_fails_for_days_is_stopped_and_administrators_are_told(
    other: Other, administrator: User
) -> None:
    webhook, _secret = outlet(administrator, "webhook", f"{other.url}/hook")
    other.answer = (500, {})
    tell(None, "一")
    deliver_due(at=minutes(1))
    deliver_due(at=AT + timedelta(days=3, minutes=2))
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert Notice.objects.get(receiver=administrator).event.kind == "outlet.stopped"


def test_the_database_alone_tells_no_address_and_no_secret(administrator: User) -> None:
    robot, _secret = outlet(
        administrator, "dingtalk", "https://robot.example/?t=private-123456", SECRET
    )
    robot.refresh_from_db()
    assert "private" not in robot.address
    assert SECRET not in robot.secret
    assert outlets.masked(robot) == "https://robot.example/…123456"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "169.254.169.254",
        "fe80::1%eth0",
        "10.0.0.1",
        "192.168.1.1",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
    ],
)
def test_machines_of_the_intranet_are_reached_only_where_the_settings_say_so(
    address: str, settings: Settings
) -> None:
    settings.OUTGOING_NETWORKS = []
    with pytest.raises(Forbidden):
        must_be_allowed(address)
    settings.OUTGOING_NETWORKS = [ip_network("10.0.0.0/8")]
    must_be_allowed("10.9.8.7")
    must_be_allowed("8.8.8.8")


def test_nothing_is_sent_to_an_address_that_is_refused(
    other: Other, administrator: User, settings: Settings
) -> None:
    settings.OUTGOING_NETWORKS = []
    outlet(administrator, "webhook", other.url.replace("127.0.0.1", "localhost"))
    delivery = tell(None, "一")
    deliver_due(at=minutes(1))
    assert state(delivery) == (State.GIVEN_UP, 1)
    assert not other.taken
