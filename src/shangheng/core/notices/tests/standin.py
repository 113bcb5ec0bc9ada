"""Servers of this machine that speak what the others speak: group robots, a webhook receiver, SMTP."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECRET = "SEC0123456789"
PER_MINUTE = 20


class Other:
    """What the server has been sent, and how it answers: `answer` overrides everything."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: tuple[int, Any] | None = None
        self.url = ""

    def reply(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        if self.answer is not None:
            return self.answer
        self.taken.append((path, headers, body))
        parts = urlsplit(path)
        if parts.path == "/wecom":
            return 200, self._wecom(parse_qs(parts.query), json.loads(body))
        if parts.path == "/dingtalk":
            return 200, self._dingtalk(parse_qs(parts.query), json.loads(body))
        if parts.path == "/moved":
            return 302, {}
        return 204, {}

    def _wecom(self, query: dict[str, list[str]], sent: dict[str, Any]) -> dict[str, Any]:
        if query.get("key") != ["good"]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if len([one for one in self.taken if one[0].startswith("/wecom")]) > PER_MINUTE:
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        if len(sent["markdown"]["content"].encode()) > 4096:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        return {"errcode": 0, "errmsg": "ok"}

    def _dingtalk(self, query: dict[str, list[str]], sent: dict[str, Any]) -> dict[str, Any]:
        stamp = query.get("timestamp", [""])[0]
        text = f"{stamp}\n{SECRET}".encode()
        sign = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
        if query.get("sign") != [sign]:
            return {"errcode": 310000, "errmsg": "sign not match"}
        if not sent["markdown"]["title"]:
            return {"errcode": 40035, "errmsg": "bad title"}
        return {"errcode": 0, "errmsg": "ok"}


@contextmanager
def other_system() -> Iterator[Other]:
    """A server on a port of this machine."""
    other = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = other.reply(self.path, headers, body)
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.end_headers()
            if status != 204:
                self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    other.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield other
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Post:
    """A mail server that keeps what it takes; `refuse` is its answer to a recipient, if any."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refuse = ""

    async def handle_RCPT(  # noqa: N802 - the name that the library calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that the library calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[tuple[Post, int]]:
    """A mail server on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield post, port
    finally:
        controller.stop()
