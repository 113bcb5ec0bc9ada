"""The search over everything, and the living style page with made-up values that say so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.search.finding import LONGEST, search
from shangheng.core.ui import samples
from shangheng.core.ui.moment import moment_of

IN_BOX = 5  # of each kind in the box
IN_GROUP = 8  # of each kind on the page
ON_PAGE = 50  # of one kind alone
PAGES = 20


@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what a text names; the search box asks for the list of hits only."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    if request.headers.get("HX-Request") == "true":
        groups = search(person_of(request), text, IN_BOX)
        return render(request, "ui/search_hits.html", {"search_text": text, "groups": groups})
    kind, number = request.GET.get("kind", ""), request.GET.get("page", "1")
    page = min(max(int(number), 1), PAGES) if number.isascii() and number.isdigit() else 1
    many = ON_PAGE if kind else IN_GROUP
    skip = (page - 1) * ON_PAGE if kind else 0
    groups = search(person_of(request), text, many, kind=kind, skip=skip, count=True)
    more = bool(kind and groups and groups[0].count and groups[0].count > skip + many)
    context = {
        "search_text": text,
        "groups": groups,
        "kind": kind,
        "page_number": page,
        "previous": page - 1,
        "next": page + 1 if more and page < PAGES else 0,
    }
    return render(request, "ui/search.html", context)


@signed_in
def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component once; ``?edition=wall`` shows the wall theme."""
    if request.GET.get("edition") == "wall":
        return render(request, "ui/style_wall.html", {"rows": samples.rows()})
    form = samples.SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("样例已通过检查，没有写入任何数据。"))
    context = {
        "form": form,
        "rows": samples.rows(),
        "headline": samples.rows()[:4],
        "page": samples.page(request.GET.get("page", "1")),
        "figures": samples.figures(),
        "bars": samples.bars(),
        "monthly": samples.monthly_chart(),
        "by_unit": samples.by_unit_chart(),
        "trend": samples.TREND,
        "moment": moment_of(request),
    }
    return render(request, "ui/style.html", context, status=422 if form.errors else 200)
