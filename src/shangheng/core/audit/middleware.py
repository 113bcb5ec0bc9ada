"""Tells the audit which address a request comes from."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shangheng.core.audit.context import coming_from

Address = IPv4Address | IPv6Address


def origin_of(request: HttpRequest) -> str:
    """The address of the client.

    `X-Forwarded-For` can be written by anybody, so it counts only when the peer itself is a
    trusted proxy (`SHANGHENG_TRUSTED_PROXIES`); then the last address of the list that is not a
    trusted proxy is the client. Empty when the server listens on a socket and no proxy is named.
    """
    peer = _parse(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return ""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while _trusted(peer) and hops:
        hop = _parse(hops.pop())
        if hop is None:
            break
        peer = hop
    return str(peer)


def _parse(text: str) -> Address | None:
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


def _trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


class OriginMiddleware:
    """Middleware: what happens in a request is recorded with its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; acts within carry its address."""
        with coming_from(origin_of(request), request.headers.get("User-Agent", "")):
            return self.get_response(request)
