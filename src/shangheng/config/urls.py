"""The routes of every app. Each view declares what it asks of its visitor."""

from django.urls import include, path

handler400 = "shangheng.core.api.errors.bad_request"
handler403 = "shangheng.core.api.errors.forbidden"
handler404 = "shangheng.core.api.errors.not_found"
handler500 = "shangheng.core.api.errors.server_error"

urlpatterns = [
    path("", include("shangheng.desks.targets.urls")),
    path("briefing/", include("shangheng.desks.briefing.urls")),
    path("investment/", include("shangheng.desks.investment.urls")),
    path("", include("shangheng.core.signin.urls")),
    path("", include("shangheng.core.accounts.urls")),
    path("", include("shangheng.core.imports.tables.urls")),
    path("", include("shangheng.core.administration.urls")),
    path("", include("shangheng.core.dictionaries.urls")),
    path("jobs/", include("shangheng.core.jobs.urls")),
    path("", include("shangheng.core.api.urls")),
    path("", include("shangheng.core.lists.urls")),
    path("", include("shangheng.core.notices.urls")),
    path("", include("shangheng.core.ui.urls")),
    path("", include("shangheng.core.operations.urls")),
]
