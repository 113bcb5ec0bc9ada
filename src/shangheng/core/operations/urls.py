"""Routes of operation: what machines ask. `WatchMiddleware` answers them before all else."""

from django.urls import path

from shangheng.core.operations import probes

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics_page, name="metrics"),
]
