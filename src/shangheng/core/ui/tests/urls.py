"""Routes for the tests of the frame: its own, those of people, and pages that stand for any desk's."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from shangheng.core.accounts.access import public, signed_in

handler400 = "shangheng.core.ui.errors.bad_request"
handler403 = "shangheng.core.ui.errors.forbidden"
handler404 = "shangheng.core.ui.errors.not_found"
handler500 = "shangheng.core.ui.errors.server_error"


@signed_in
def figure(request: HttpRequest, reference: str) -> HttpResponse:
    """Stands for the provenance page."""
    return render(request, "ui/empty.html", {"title": reference, "about": "示例：这里是来源。"})


@public
def broken(request: HttpRequest, how: str) -> HttpResponse:
    """Fails as asked."""
    del request
    errors = {"bad": BadRequest("期间写法不对"), "denied": PermissionDenied("只有主任可以签发")}
    raise errors.get(how, RuntimeError("broken on purpose"))


urlpatterns = [
    path("figures/<path:reference>", figure, name="figure"),
    path("broken/<str:how>/", broken, name="broken"),
    path("", include("shangheng.core.accounts.urls")),
    path("", include("shangheng.core.administration.urls")),
    path("", include("shangheng.core.operations.urls")),  # probes pass before every page
    path("", include("shangheng.core.ui.urls")),
]
