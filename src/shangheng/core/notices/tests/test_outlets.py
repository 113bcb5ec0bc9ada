"""Group robots and webhooks on their page: what looks wrong, what is removed, why one was not reached."""

import socket
import ssl

import pytest
import requests
from django.test import Client

from shangheng.core.accounts.models import User
from shangheng.core.notices import outlets
from shangheng.core.notices.models import Outlet
from shangheng.core.notices.outgoing import Failed, cause_of, post
from shangheng.core.notices.tests.standin import Other
from shangheng.core.notices.tests.test_delivery import administrator, other, outlet, tell

__all__ = ["administrator", "other"]
pytestmark = pytest.mark.django_db


def refusal(url: str) -> str:
    with pytest.raises(Failed) as told:
        post(url, b"{}", {})
    return told.value.reason


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def test_why_nothing_was_reached_is_said_in_words(other: Other) -> None:
    port = closed_port()
    assert refusal("https://nobody.invalid/").startswith("连不上：域名解析不到")
    assert refusal(f"http://127.0.0.1:{port}/").startswith("连不上：对方拒绝连接")
    assert "TLS" in refusal(other.url.replace("http:", "https:"))
    assert cause_of(requests.ReadTimeout()) == "超时，对方没有应答"
    assert cause_of(ssl.SSLCertVerificationError()) == "对方的证书不被信任"
    assert cause_of(requests.RequestException()) == "其他原因（RequestException）"


def test_what_looks_wrong_with_a_robot_is_said_and_kept(
    client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    kinds = [outlets.kind_choices()[0][0]]
    sent = {"kinds": kinds, "language": "zh-hans"}
    for service, address, told in (
        ("wecom", "https://proxy.intranet/send?key=1", "通常在qyapi.weixin.qq.com"),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?t=1", "没有填加签密钥"),
    ):
        answer = client.post(
            "/notices/outlets/new/",
            sent | {"name": service, "service": service, "address": address},
            follow=True,
        )
        assert told in answer.content.decode()
    assert Outlet.objects.count() == 2


def test_only_an_outlet_that_never_sent_anything_is_removed(
    client: Client, administrator: User
) -> None:
    used, _secret = outlet(administrator, "webhook", "https://one.example/")
    tell(None, "一")
    unused, _secret = outlet(administrator, "wecom", "https://two.example/")
    Outlet.objects.update(is_active=False)
    client.force_login(administrator)
    page = client.get("/notices/outlets/").content.decode()
    assert "发测试消息" not in page
    assert f"/notices/outlets/{unused.pk}/remove/" in page
    assert f"/notices/outlets/{used.pk}/remove/" not in page
    for one in (used, unused):
        client.post(f"/notices/outlets/{one.pk}/remove/")
    assert list(Outlet.objects.all()) == [used]
