"""Growth points that other desks offer for a draft: read, ticked, taken up."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.desks.targets.selectors.sheet_expected import expected_of
from shangheng.desks.targets.services.sheets import adopt_expected
from shangheng.desks.targets.views.sheet_points import draft_of
from shangheng.desks.targets.words import name_of
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.expectations import offers


@permission_required("targets.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_expected(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What is expected of an indicator in the year of a draft; what is ticked becomes growth points."""
    actor, known_at = person_of(request), moment_of(request).known_at
    sheet = draft_of(request, pk)
    if not offers(code):
        raise Http404
    chosen, fault, status = set(request.POST.getlist("row")), "", 200
    if request.method == "POST":
        try:
            if chosen:
                done = adopt_expected(
                    actor=actor,
                    at=timezone.now(),
                    sheet=sheet,
                    indicator=code,
                    known_at=known_at,
                    chosen=chosen,
                )
                messages.success(request, _("已采用%(n)s个增长点。") % {"n": len(done)})
                return redirect("sheet", pk)
            fault, status = _("还没有勾选；请先勾选要采用的。"), 422
        except StaleEdit:
            fault, status = (
                _("您打开之后，勾选的有些已变或已被采用，什么也没有采用；请看过再勾。"),
                409,
            )
        except SheetRefused as refusal:
            fault, status = str(refusal), 422
    try:
        definition = catalogue.definition(code, Period.year(sheet.year).end.last)
        groups = expected_of(actor=actor, sheet=sheet, indicator=code, known_at=known_at)
    except UnknownIndicator as error:
        raise Http404 from error
    context = {
        "sheet": sheet,
        "code": code,
        "name": name_of(catalogue.indicator(code)),
        "definition": definition,
        "groups": groups,
        "open": sum(len(group.open) for group in groups),
        "taken": sum(len(group.lines) - len(group.open) for group in groups),
        "chosen": chosen,
        "fault": fault,
        "moment": moment_of(request),
    }
    return render(request, "targets/sheet_expected.html", context, status=status)
