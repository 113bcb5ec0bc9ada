from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from shangheng.core.audit.context import address
from shangheng.core.audit.middleware import OriginMiddleware, origin_of

PROXIES = [ip_network(word) for word in ("10.0.0.1", "10.1.0.0/16", "::1")]


def request(peer: str, forwarded: str = "") -> HttpRequest:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)


@pytest.mark.parametrize(
    ("peer", "forwarded", "origin"),
    [
        ("192.168.3.4", "", "192.168.3.4"),
        ("192.168.3.4", "8.8.8.8", "192.168.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "172.16.5.5", "172.16.5.5"),
        ("10.0.0.1", "1.2.3.4, 172.16.5.5", "172.16.5.5"),
        ("10.0.0.1", "1.2.3.4, 172.16.5.5, 10.1.7.7", "172.16.5.5"),
        ("10.0.0.1", "<script>", "10.0.0.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("", "172.16.5.5", ""),
    ],
)
def test_a_forwarded_address_counts_only_from_a_trusted_proxy(
    settings: Settings, peer: str, forwarded: str, origin: str
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert origin_of(request(peer, forwarded)) == origin


def test_acts_of_a_request_carry_its_address_and_later_ones_do_not() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(address())

    assert OriginMiddleware(view)(request("10.2.0.8")).content == b"10.2.0.8"
    assert address() == "cli"
