"""Idempotency keys: a POST that is sent twice is done once.

The answer is kept in the very transaction that does the work, and requests with one key wait for
each other. So there is never work without an answer, nor an answer without work. What is refused
does nothing and uses no key up.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.api.models import Answer
from shangheng.core.api.problems import wrong
from shangheng.core.database.locks import exclusive

HEADER = "Idempotency-Key"
LENGTH = 200
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


def once(
    request: HttpRequest, user: User, work: Callable[[], HttpResponseBase], *, at: datetime
) -> HttpResponseBase:
    """What `work` answers; with a key that was used before, what it answered then.

    Raises Problem (422) for a key that came with another request.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return work()
    if len(key) > LENGTH or not key.isprintable():
        raise wrong(f"header.{HEADER}", _("应为1至%d个可见字符。") % LENGTH)
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        exclusive(f"api.answer:{user.pk}:{key}")
        kept = Answer.objects.filter(owner=user, key=key, kept_until__gt=at).first()
        if kept is not None:
            return _again(kept, fingerprint)
        response = work()
        if response.status_code >= 300 or not isinstance(response, HttpResponse):
            transaction.set_rollback(True)
            return response
        Answer.objects.filter(kept_until__lte=at).delete()
        _keep(response, user, key, fingerprint, at)
    return response


def _keep(response: HttpResponse, user: User, key: str, fingerprint: str, at: datetime) -> None:
    Answer.objects.create(
        owner=user,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body=response.content,
        kept_until=at + timedelta(hours=settings.API_ANSWER_HOURS),
    )


def _again(kept: Answer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise wrong(f"header.{HEADER}", _("这个键已用于另一个请求，请换一个。"), "key_reused")
    response = HttpResponse(bytes(kept.body), status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """Method, address and body; a form with files by its fields, since its boundary is random."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                digest.update(repr((name, file.name)).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
