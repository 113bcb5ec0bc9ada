"""The search over everything, and the living style page with made-up values that say so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.ui import samples
from shangheng.core.ui.moment import moment_of
from shangheng.core.ui.search import search


@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what a text names; the search box asks for the list of hits only."""
    text = request.GET.get("q", "")[:100]
    part = "#hits" if request.headers.get("HX-Request") == "true" else ""
    context = {"search_text": text, "groups": search(person_of(request), text)}
    return render(request, f"ui/search.html{part}", context)


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
