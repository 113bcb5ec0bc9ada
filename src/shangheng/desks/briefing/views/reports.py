"""Pages for reading: the list, a report, its versions, what has been restated, how to write."""

import difflib
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.access import access_report
from shangheng.desks.briefing.domain.binding import Measure
from shangheng.desks.briefing.forms import NewReportForm
from shangheng.desks.briefing.listings.reports import REPORTS
from shangheng.desks.briefing.selectors.reports import drafts_of
from shangheng.desks.briefing.selectors.restatements import restatements
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.views.page import page_of
from shangheng.engines.ledger import catalogue as ledger
from shangheng.engines.ledger.sections import sections


@permission_required("briefing.view")
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report that the person may see."""
    return show(request, REPORTS, template="briefing/list.html")


@permission_required("briefing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Open a report from a template."""
    user, now = person_of(request), timezone.now()
    form = NewReportForm(
        request.POST or None,
        initial={"template": "work_summary", "period": moment_of(request).period},
    )
    if request.method == "POST" and form.is_valid():
        report = writing.create_report(actor=user, at=now, **form.cleaned_data)
        return redirect("report-edit", report.pk)
    context = {"form": form, "templates": catalogue.templates(), "bureau": settings.BUREAU_NAME}
    return render(request, "briefing/new.html", context, status=422 if form.errors else 200)


@permission_required("briefing.view")
@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The web edition: every figure leads to its provenance."""
    user = person_of(request)
    report = access_report(actor=user, pk=pk)
    return render(request, "briefing/report.html", page_of(user, report, now=timezone.now()))


@permission_required("briefing.view")
@require_safe
def report_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of the text, and what changed between two of them."""
    report = access_report(actor=person_of(request), pk=pk)
    drafts = list(drafts_of(report))
    by_number = {str(draft.number): draft for draft in drafts}
    newer = by_number.get(request.GET.get("to", ""), drafts[0])
    older = by_number.get(request.GET.get("from", ""))
    if older is None:
        older = by_number.get(str(newer.number - 1))
    context = {
        "report": report,
        "drafts": drafts,
        "older": older,
        "newer": newer,
        "lines": diff_lines(older.text, newer.text) if older else [],
    }
    return render(request, "briefing/versions.html", context)


@permission_required("briefing.view")
@require_safe
def report_restated(request: HttpRequest, pk: int) -> HttpResponse:
    """Published then, restated since: figure by figure, with the act that changed it."""
    report = access_report(actor=person_of(request), pk=pk)
    context = {"report": report, "found": restatements(report, now=timezone.now())}
    return render(request, "briefing/restated.html", context)


@permission_required("briefing.view")
@require_safe
def report_markup(request: HttpRequest) -> HttpResponse:
    """How to write a report: the markup, and the code of every indicator."""
    context = {
        "indicators": ledger.indicators().values(),
        "tables": sections().values(),
        "tiers": [(row["code"], ledger.name_of(row)) for row in ledger.tiers()],
        "measures": list(Measure),
    }
    return render(request, "briefing/markup.html", context)


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison: `kind` is same, out, in or gap."""

    kind: str
    text: str


def diff_lines(older: str, newer: str) -> list[DiffLine]:
    """What changed from one text to another, with a line of context."""
    kinds = {"+": "in", "-": "out", " ": "same", "@": "gap"}
    lines = list(difflib.unified_diff(older.splitlines(), newer.splitlines(), n=1, lineterm=""))
    return [DiffLine(kinds[line[0]], line[1:]) for line in lines[2:] if line[0] in kinds]
