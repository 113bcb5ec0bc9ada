"""`/healthz`, `/readyz`, `/metrics`: asked by machines, answered without session or person."""

import logging
from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from shangheng.core.accounts.access import public
from shangheng.core.audit.middleware import origin_of
from shangheng.core.operations import metrics
from shangheng.core.operations.health import State, readiness

UNCACHED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
logger = logging.getLogger(__name__)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; asks nothing of the database or the disk."""
    del request
    return JsonResponse({"alive": True}, headers=UNCACHED)


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when visitors can be served, else 503; how each check went, by code, no details."""
    del request
    checks = readiness()
    ready = State.FAILED not in checks.values()
    answer = {"ready": ready, "checks": checks}
    return JsonResponse(answer, status=200 if ready else 503, headers=UNCACHED)


@public
def metrics_page(request: HttpRequest) -> HttpResponse:
    """The numbers, for who brings SHANGHENG_METRICS_TOKEN or comes from SHANGHENG_METRICS_ADDRESSES."""
    if not may_read_metrics(request):
        return HttpResponse(
            "The metrics are for SHANGHENG_METRICS_TOKEN (Authorization: Bearer …) or "
            "SHANGHENG_METRICS_ADDRESSES only.\n",
            status=403,
            content_type="text/plain; charset=utf-8",
            headers=UNCACHED,
        )
    return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST, headers=UNCACHED)


def may_read_metrics(request: HttpRequest) -> bool:
    """Whether the token or the address is right; with neither set, nobody may."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted: str = settings.METRICS_TOKEN
    if wanted and kind.lower() == "bearer" and compare_digest(token.encode(), wanted.encode()):
        return True
    try:
        origin = ip_address(origin_of(request))
    except ValueError:
        return False
    return any(origin in network for network in settings.METRICS_ADDRESSES)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "healthz": healthz,
    "readyz": readyz,
    "metrics": metrics_page,
}
