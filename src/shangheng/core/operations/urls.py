"""Routes of operation. What machines ask is answered by `WatchMiddleware` before all else."""

from django.urls import path

from shangheng.core.operations import probes, reports, views

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics_page, name="metrics"),
    path("csp-report/", reports.csp_report, name="csp-report"),
    path("system/", views.system, name="system"),
    path("system/support/", views.support, name="system-support"),
]
