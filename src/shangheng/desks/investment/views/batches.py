"""Batches of arrivals that were sent to the city, and its replies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_batch, may
from shangheng.desks.investment.forms import money as forms
from shangheng.desks.investment.listings.money import BATCHES
from shangheng.desks.investment.selectors import money as reading
from shangheng.desks.investment.services.submitting import record_reply
from shangheng.desks.investment.views.common import READ_AND_SEND
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.services.recognition import CannotMove


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def batch_list(request: HttpRequest) -> HttpResponse:
    """The batches of which the person may see something."""
    return show(request, BATCHES)


@permission_required("investment.view")
@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: what was sent, and where each arrival stands now."""
    actor = person_of(request)
    batch = access_batch(actor=actor, pk=pk)
    items = batch.items.filter(arrival__in=reading.arrivals_for(actor).order_by().values("pk"))
    found = {item.arrival_id: item for item in items}
    rows = reading.arrivals_for(actor).filter(pk__in=found)
    lines = reading.lines_of(rows.order_by("pk"), moment_of(request).known_at)
    context = {
        "row": batch,
        "items": [(found[line.pk], line) for line in lines],
        "sums": reading.sums_of(lines),
        "may_reply": any(
            line.held(Status.SUBMITTED) and may(actor, line.row.project, "recognise")
            for line in lines
        ),
    }
    return render(request, "investment/batch.html", context)


@permission_required("investment.recognise")
@require_http_methods(READ_AND_SEND)
def batch_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the city says of the arrivals of a batch that await a reply."""
    actor, today = person_of(request), timezone.localdate()
    batch = access_batch(actor=actor, pk=pk)
    rows = reading.arrivals_for(actor).filter(items__batch=batch).order_by("pk")
    lines = [
        line
        for line in reading.lines_of(rows)
        if line.held(Status.SUBMITTED) and may(actor, line.row.project, "recognise")
    ]
    posted = request.method == "POST"
    data = request.POST if posted else None
    form = forms.ReplyForm(data, request.FILES if posted else None, today=today)
    decisions = [forms.DecisionForm(data, line=line, today=today) for line in lines]
    wrong = [one for one in (form, *decisions) if not one.is_valid()]
    if posted and not wrong:
        try:
            record_reply(
                actor=actor,
                at=timezone.now(),
                batch=batch,
                decisions=forms.decisions_of(decisions),
                replied_on=form.cleaned_data["replied_on"],
                upload=forms.upload_of(form.cleaned_data["scan"]),
                note=form.cleaned_data["note"],
            )
        except (CannotMove, UnacceptableFile) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("认定结果已登记。"))
            return redirect("batch", pk)
    context = {"row": batch, "form": form, "decisions": decisions}
    status = 422 if posted else 200
    return render(request, "investment/batch_reply.html", context, status=status)
