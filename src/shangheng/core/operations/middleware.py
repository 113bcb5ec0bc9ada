"""Watching every request: its number, its line in the log, its part in the metrics.

Stands before everything else. Probes are answered right here: they come by address rather than by
name, without TLS, and while the database is away; host check, redirect and session would fail them.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from structlog.contextvars import bind_contextvars, clear_contextvars

from shangheng.core.operations import metrics, probes, reports

logger = logging.getLogger("shangheng.request")

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


class WatchMiddleware:
    """Middleware: numbers, times, logs and counts what passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or have the request answered and note how it went."""
        for name, probe in probes.PROBES.items():
            if request.path_info == reverse(name):
                return probe(request)
        number = number_of(request)
        request.__dict__["request_id"] = number
        clear_contextvars()
        bind_contextvars(request_id=number)
        clock, began = QueryClock(), time.perf_counter()
        with connection.execute_wrapper(clock):
            response = self.get_response(request)
        _note(request, response.status_code, time.perf_counter() - began, clock)
        response.headers[HEADER] = number
        response.headers["Reporting-Endpoints"] = reports.ENDPOINTS
        return response


class QueryClock:
    """Counts what is asked of the database, and how long it took."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run the statement within the clock."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def number_of(request: HttpRequest) -> str:
    """The number that a trusted proxy has given the request, or a new one."""
    given = request.headers.get(HEADER, "")
    if given and WELL_FORMED.fullmatch(given) and _comes_from_proxy(request):
        return given
    return token_hex(8)


def _comes_from_proxy(request: HttpRequest) -> bool:
    try:
        peer = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(peer in network for network in settings.TRUSTED_PROXIES)


def _note(request: HttpRequest, status: int, seconds: float, clock: QueryClock) -> None:
    route = route_of(request)
    method = request.method if request.method in KNOWN_METHODS else "other"
    metrics.requests.labels(route, method, status).inc()
    metrics.latency.labels(route).observe(seconds)
    metrics.queries.labels(route).inc(clock.count)
    metrics.database.labels(route).inc(clock.seconds)
    person = getattr(request.__dict__.get("_cached_user"), "pk", None)
    line = {
        "method": method,
        "route": route,
        "keys": _keys(request),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "queries": clock.count,
        "database_ms": round(clock.seconds * 1000, 1),
        "person": person,
    }
    logger.info("request", extra=line)


KNOWN_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def route_of(request: HttpRequest) -> str:
    """The name of the route: a closed list, whatever addresses strangers try."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def _keys(request: HttpRequest) -> Mapping[str, int] | None:
    """Which record was meant: numbers only, since texts of an address may be names."""
    match = request.resolver_match
    found = match.kwargs if match else {}
    return {key: value for key, value in found.items() if isinstance(value, int)} or None
