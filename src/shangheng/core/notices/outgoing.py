"""Sending to other machines, and to none that must not be reached (server-side request forgery).

Every address that a name stands for is looked at before anything is sent, and the connection goes
to the address that was looked at: a name that answers differently the second time gains nothing.
Public addresses are open; private, loopback and link-local ones only as far as
SHANGHENG_OUTGOING_NETWORKS names them. Redirects are not followed, proxies of the environment not used.
"""

import socket
import ssl
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOut
from urllib3.util.connection import create_connection

SECONDS = 10
ANSWER = 4096


class Failed(Exception):
    """A message was not taken; `permanent` when trying again is of no use."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Forbidden(Failed):
    """An address that must not be reached."""


def must_be_allowed(text: str) -> None:
    """Raises Forbidden for the address of a machine that must not be reached."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in settings.OUTGOING_NETWORKS):
        return
    if not address.is_global or address.is_multicast:
        raise Forbidden(
            _("地址%s在内网，设置 SHANGHENG_OUTGOING_NETWORKS 没有放行，不能发往那里。") % address,
            permanent=True,
        )


def cause_of(problem: BaseException) -> str:
    """Why a machine was not reached, in words: the first known cause among those behind an error."""
    behind = list(_behind(problem))
    for kinds, told in (
        (socket.gaierror, _("域名解析不到，请核对主机名和服务器的 DNS")),
        (ssl.SSLCertVerificationError, _("对方的证书不被信任")),
        (ssl.SSLError, _("加密连接没有谈成（TLS）")),
        (ConnectionRefusedError, _("对方拒绝连接，请核对端口")),
        ((TimeoutError, requests.Timeout, TimedOut), _("超时，对方没有应答")),
    ):
        if any(isinstance(one, kinds) for one in behind):
            return told
    return _("其他原因（%s）") % type(behind[-1]).__name__


def _behind(problem: BaseException) -> Iterator[BaseException]:
    """An error and those that it comes from: libraries keep them as cause, context or argument."""
    seen: list[BaseException] = []
    waiting: list[BaseException] = [problem]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.append(one)
        yield one
        reasons = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        waiting += [reason for reason in reasons if isinstance(reason, BaseException)]


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Send a body; gives status and the beginning of the answer. Raises Failed."""
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", _Guarded())
        session.mount("https://", _Guarded())
        try:
            with session.post(
                url,
                data=body,
                headers=headers,
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return answer.status_code, answer.raw.read(ANSWER, decode_content=True)
        except Failed:
            raise
        except (requests.RequestException, HTTPError, OSError, ValueError) as problem:
            raise Failed(_("连不上：%s") % cause_of(problem)) from problem


def _connect(connection: HTTPConnection) -> socket.socket:
    """A connection to the first of the machine's addresses, all of which are allowed."""
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NewConnectionError(connection, str(problem)) from problem
    for *_family, address in found:
        must_be_allowed(str(address[0]))
    place = (str(found[0][4][0]), connection.port)
    try:
        return create_connection(place, connection.timeout)
    except OSError as problem:
        raise NewConnectionError(connection, str(problem)) from problem


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Guarded(HTTPAdapter):
    """An adapter of requests whose connections ask first."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
