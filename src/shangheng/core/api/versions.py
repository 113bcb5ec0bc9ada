"""Versions of what is answered: ETag, If-None-Match (304) and If-Match (412, 428); RFC 9110, 6585."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Status
from pydantic import BaseModel

from shangheng.core.api.problems import Problem
from shangheng.core.api.rendering import rendered
from shangheng.core.audit.services import take_turn


def etag_of(content: bytes) -> str:
    """The strong validator of a content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def etag_of_record(shown: BaseModel) -> str:
    """The validator that a record carries when it is read."""
    return etag_of(rendered(shown.model_dump()).encode())


def with_version(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its ETag; empty and 304 where the client has that version."""
    response["ETag"] = response.get("ETag") or etag_of(response.content)
    response["Cache-Control"] = response.get("Cache-Control") or "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if response["ETag"] not in known and "*" not in known:
        return response
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary"):
        unchanged[name] = response[name]
    del unchanged["Content-Type"]
    return unchanged


@contextmanager
def unchanged(request: HttpRequest, shown: Callable[[], BaseModel]) -> Iterator[None]:
    """A transaction for a write on one record, if it still is the version that If-Match names.

    `shown` gives the record as its GET answers it. Other acts wait meanwhile, so that nothing comes
    between the look and the write. Raises Problem: 428 without the header, 412 for another version.
    """
    wanted = parse_etags(request.headers.get("If-Match", ""))
    if not wanted:
        told = _("请先读取这条记录，把它的 ETag 写在 If-Match 标头里，以免覆盖别人的改动。")
        raise Problem(428, told)
    with transaction.atomic():
        take_turn()
        now = etag_of_record(shown())
        if now not in wanted and wanted != ["*"]:
            told = _("您读取之后，这条记录已经变了。请重新读取，核对后再提交。")
            raise Problem(412, told, headers={"ETag": now})
        yield


def changed[S: BaseModel](response: HttpResponse, shown: S) -> S:
    """A record after a change as its GET answers it, with which version it is now."""
    response["ETag"] = etag_of_record(shown)
    return shown


def made[S: BaseModel](response: HttpResponse, shown: S, location: str) -> Status[S]:
    """201 with a record as its GET answers it, where it is, and which version."""
    response["Location"] = location
    response["ETag"] = etag_of_record(shown)
    return Status(201, shown)
