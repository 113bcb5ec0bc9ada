"""What group robots and webhooks are sent, and what their answers mean."""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from shangheng.core.notices.models import Service
from shangheng.core.notices.outgoing import Failed, post

PER_MINUTE: dict[str, int] = {Service.WECOM: 20, Service.DINGTALK: 20}
"""How many messages the group robots of either service take in a minute."""

WECOM_BYTES = 4096
WECOM_PERMANENT = {93000, 40008, 45002, 40058}
DINGTALK_PERMANENT = {310000, 300001, 300005, 40035}
GONE = 410


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves the platform, in one language."""

    uid: str
    kind: str
    kind_name: str
    subject: str
    body: str
    url: str
    source: str
    at: datetime


def send(service: str, address: str, secret: str, message: Message, at: datetime) -> None:
    """Hand a message to an outlet. Raises Failed."""
    {Service.WECOM: _wecom, Service.DINGTALK: _dingtalk, Service.WEBHOOK: _webhook}[
        Service(service)
    ](address, secret, message, at)


def signature(secret: str, uid: str, timestamp: int, body: bytes) -> str:
    """The signature of a webhook (Standard Webhooks): HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{uid}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def payload(message: Message) -> dict[str, Any]:
    """What a webhook carries."""
    return {
        "type": message.kind,
        "timestamp": message.at.isoformat(),
        "data": {
            "subject": message.subject,
            "body": message.body,
            "url": message.url,
            "source": message.source,
        },
    }


def _wecom(address: str, _secret: str, message: Message, _at: datetime) -> None:
    text = _cut(_markdown(message), WECOM_BYTES)
    answer = _answered(address, {"msgtype": "markdown", "markdown": {"content": text}})
    _must_be_taken(answer, WECOM_PERMANENT)


def _dingtalk(address: str, secret: str, message: Message, at: datetime) -> None:
    if secret:
        now = str(int(at.timestamp() * 1000))
        made = hmac.digest(secret.encode(), f"{now}\n{secret}".encode(), "sha256")
        sign = quote_plus(base64.b64encode(made))
        joint = "&" if "?" in address else "?"
        address = f"{address}{joint}timestamp={now}&sign={sign}"
    told = {"title": message.subject, "text": _markdown(message)}
    _must_be_taken(
        _answered(address, {"msgtype": "markdown", "markdown": told}), DINGTALK_PERMANENT
    )


def _webhook(address: str, secret: str, message: Message, at: datetime) -> None:
    body = json.dumps(payload(message), ensure_ascii=False).encode()
    timestamp = int(at.timestamp())
    status, _answer = post(
        address,
        body,
        {
            "content-type": "application/json",
            "webhook-id": message.uid,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(secret, message.uid, timestamp, body),
        },
    )
    if not 200 <= status < 300:
        raise Failed(_("对方答复状态码%d") % status, permanent=status == GONE)


def _answered(address: str, body: Mapping[str, Any]) -> dict[str, Any]:
    sent = json.dumps(body, ensure_ascii=False).encode()
    status, answer = post(address, sent, {"content-type": "application/json; charset=utf-8"})
    if status != 200:
        raise Failed(_("对方答复状态码%d") % status)
    try:
        read = json.loads(answer)
    except ValueError:
        read = None
    if not isinstance(read, dict) or not isinstance(read.get("errcode"), int):
        raise Failed(_("对方的答复看不懂，地址可能填错了"))
    return read


def _must_be_taken(answer: Mapping[str, Any], permanent: set[int]) -> None:
    code = answer["errcode"]
    if code:
        told = {"code": code, "message": str(answer.get("errmsg", ""))[:160]}
        raise Failed(_("对方拒收：错误码%(code)s，%(message)s") % told, permanent=code in permanent)


def _markdown(message: Message) -> str:
    parts = [f"**{_plain(message.subject)}**", _plain(message.body)]
    if message.url:
        parts.append(f"[{_('打开')}]({message.url})")
    return "\n\n".join(part for part in parts if part)


def _plain(text: str) -> str:
    """Text in which nothing is markup: a title cannot smuggle in a link or call everybody."""
    for sign in "[]<>*`@":
        text = text.replace(sign, chr(ord(sign) + 0xFEE0))
    return text


def _cut(text: str, limit: int) -> str:
    """A text within so many bytes of UTF-8."""
    sent = text.encode()
    return text if len(sent) <= limit else sent[: limit - 3].decode(errors="ignore") + "…"
