"""Somebody at a browser who logs in and posts facts with vouchers, by nothing but HTTP."""

import re
import uuid
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPResponse
from http.cookiejar import CookieJar
from typing import IO
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

INDICATOR = "investment.capital_in_place"
PATH = f"/targets/postings/new/?indicator={INDICATOR}"
POSTED = re.compile(r"/targets/postings/(\d+)/$")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECONDS = 60


class NotAccepted(Exception):
    """The server has answered, and not as it does when a fact was posted."""


class _Redirects(HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None

    def http_error_302(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> IO[bytes]:
        return fp


@dataclass(frozen=True)
class Fact:
    """One fact to post; `source` names it alone."""

    source: str
    unit: int
    occurred_on: str
    value: str

    @property
    def voucher(self) -> bytes:
        """A file that no other fact has."""
        return f"凭证,金额\n{self.source},{self.value}\n".encode()


class Client:
    """A session of one person."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), _Redirects())

    def log_in(self, username: str, password: str) -> None:
        """Log in by the form. Raises NotAccepted, or OSError when nobody answers."""
        answer = self._send("/login/", {"username": username, "password": password})
        if answer.status != 302:
            raise NotAccepted(f"login: {answer.status}")

    def post(self, fact: Fact) -> int:
        """Post a fact by the form; the number under which it was acknowledged.

        Raises NotAccepted, or OSError (HTTPException) when the server went away meanwhile.
        """
        fields = {
            "unit": str(fact.unit),
            "occurred_on": fact.occurred_on,
            "value": fact.value,
            "source": fact.source,
            "note": "",
        }
        voucher = (f"{fact.source}.csv", fact.voucher)
        answer = self._send(PATH, fields, {"voucher-bank_receipt": voucher})
        posted = POSTED.search(answer.headers.get("Location", ""))
        if answer.status != 302 or posted is None:
            told = re.sub(r"<[^>]+>|\s+", " ", answer.read().decode())
            raise NotAccepted(f"{fact.source}: {answer.status} {told[:2000]}")
        return int(posted[1])

    def _send(
        self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> HTTPResponse:
        page = self._open(Request(self.url + path))
        token = TOKEN.search(page.read().decode())
        if token is None:
            raise NotAccepted(f"{path}: {page.status} without a form")
        body, kind = _multipart({**fields, "csrfmiddlewaretoken": token[1]}, files or {})
        headers = {"Content-Type": kind, "Referer": self.url + path}
        return self._open(Request(self.url + path, body, headers))

    def _open(self, request: Request) -> HTTPResponse:
        answer: HTTPResponse = self._opener.open(request, timeout=SECONDS)
        return answer


def _multipart(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form with files as a body (RFC 7578), and its content type."""
    border = uuid.uuid4().hex
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (filename, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"--{border}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{border}--\r\n".encode()
    return body, f"multipart/form-data; boundary={border}"
