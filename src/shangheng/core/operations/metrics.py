"""Numbers for Prometheus, of all processes of the server together.

`shangheng serve` names a folder in PROMETHEUS_MULTIPROC_DIR before this module is imported; each
process writes its numbers there and whichever is asked adds them up.
"""

import logging
import os
from collections.abc import Iterable

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from shangheng.core.operations.registry import gauges

logger = logging.getLogger(__name__)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)

requests = Counter("shangheng_requests", "Requests answered", ["route", "method", "status"])
latency = Histogram(
    "shangheng_request_seconds", "Time to answer a request", ["route"], buckets=SECONDS
)
queries = Counter("shangheng_database_queries", "Statements sent to the database", ["route"])
database = Counter("shangheng_database_seconds", "Time spent waiting for the database", ["route"])
logins = Counter("shangheng_logins", "Logins by outcome", ["outcome"])


class Now(Collector):
    """The registered gauges, read at the moment of asking."""

    def collect(self) -> Iterable[Metric]:
        """One family for each gauge; one that cannot be read is left out and logged."""
        for gauge in gauges():
            family = GaugeMetricFamily(
                f"shangheng_{gauge.name}", gauge.about, labels=[gauge.label] if gauge.label else []
            )
            try:
                values = gauge.read()
            except (DatabaseError, OSError):
                logger.exception("the gauge %s cannot be read", gauge.name)
                continue
            for key, value in values.items():
                family.add_metric([key] if gauge.label else [], value)
            yield family


def text() -> bytes:
    """All numbers in the text format of Prometheus."""
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(Now())
    return generate_latest(counted) + generate_latest(now)
