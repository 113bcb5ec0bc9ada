"""What browsers report: a page wanted something that the content policy forbids.

Either a page of ours is wrong, or somebody got markup into one. Anybody can send such reports, so only
a few are heard each minute, and nothing but the names of rule and place is kept.
"""

import json
import logging
import time
from threading import Lock
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shangheng.core.accounts.access import public

PATH = "/csp-report/"
ENDPOINTS = f'csp="{PATH}"'
EACH_MINUTE = 30
LARGEST = 16 * 1024

logger = logging.getLogger("shangheng.csp")
_heard: dict[int, int] = {}
_guard = Lock()


@public
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log what a browser reports; 429 when too many come, 400 for what is no report."""
    if not _may_be_heard():
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    try:
        size = int(request.headers.get("Content-Length") or 0)
        told = json.loads(request.read(LARGEST)) if size <= LARGEST else None
    except (ValueError, UnicodeDecodeError):
        told = None
    bodies = [_body(one) for one in (told if isinstance(told, list) else [told])]
    if not any(bodies):
        return HttpResponse(status=400)
    for body in filter(None, bodies):
        rule = body.get("effectiveDirective") or body.get("effective-directive")
        rule = rule or body.get("violated-directive")
        page = body.get("documentURL") or body.get("document-uri")
        wanted = body.get("blockedURL") or body.get("blocked-uri")
        logger.warning(
            "content policy: %s forbids %s on %s", _word(rule), _place(wanted), _path(page)
        )
    return HttpResponse(status=204)


def _may_be_heard() -> bool:
    minute = int(time.monotonic() // 60)
    with _guard:
        count = _heard.get(minute, 0)
        _heard.clear()
        _heard[minute] = count + 1
    return count < EACH_MINUTE


def _body(report: object) -> dict[str, object]:
    """What is told, in the old form of reports or the new one."""
    if not isinstance(report, dict):
        return {}
    found = report.get("csp-report") or report.get("body")
    return found if isinstance(found, dict) else {}


def _word(value: object) -> str:
    return "".join(
        char for char in str(value)[:40] if char.isascii() and (char.isalnum() or char == "-")
    )


def _place(value: object) -> str:
    """Scheme and host of an address, or the word that stands for it (inline, eval)."""
    parts = _split(value)
    return f"{parts[0]}://{parts[1]}" if parts[1] else _word(value)


def _path(value: object) -> str:
    """The path without its query, which may hold names; numbers in it are records."""
    return "".join(char for char in _split(value)[2][:80] if char.isascii() and char.isprintable())


def _split(value: object) -> tuple[str, str, str]:
    try:
        parts = urlsplit(str(value)[:500])
        return _word(parts.scheme), parts.hostname or "", parts.path
    except ValueError:
        return "", "", ""
