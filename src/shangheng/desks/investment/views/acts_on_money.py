"""A form about something of a project: done, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.models import Project
from shangheng.desks.investment.views.common import REFUSED, refuse

PAGES = {
    "project-money": _("资金"),
    "project-goals": _("结构性目标"),
    "project-commitments": _("承诺履约"),
}


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent with a form, files as well; None for a page that is shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def act(
    request: HttpRequest, form: Any, heading: str, do: Callable[[], str], **context: Any
) -> HttpResponse:
    """`do` what a form asks for and go where it says; `context` needs `back_url` and `crumbs`."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do())
        except REFUSED as refusal:
            refuse(form, refusal)
    told = {"form": form, "heading": heading, **context}
    status = 422 if form.errors else 200
    return render(request, "investment/money_form.html", told, status=status)


def act_on(
    request: HttpRequest,
    form: Any,
    heading: str,
    project: Project,
    do: Callable[[], str],
    *,
    page: str,
) -> HttpResponse:
    """The same for something on one of the `PAGES` of a project."""
    back = reverse(page, args=[project.pk])
    crumbs = [(reverse("project", args=[project.pk]), project.name), (back, PAGES[page])]
    return act(request, form, heading, do, back_url=back, crumbs=crumbs)
