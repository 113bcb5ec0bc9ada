"""Meetings that obstacles are taken to: planned, their agenda, their minutes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.forms.meetings import MeetingForm, MinutesForm
from shangheng.desks.investment.views.common import READ_AND_SEND, REFUSED, refuse
from shangheng.engines.cases.access import access_meeting
from shangheng.engines.cases.selectors.register import items_for, meetings_for
from shangheng.engines.cases.services import meetings as services
from shangheng.engines.cases.subjects import subject_kind

PAGE = 50


@permission_required("cases.view")
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings, those to come first."""
    rows = meetings_for(person_of(request)).order_by("closed_at", "-held_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "investment/meetings.html", {"page": page})


@permission_required("cases.meet")
@require_http_methods(READ_AND_SEND)
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.convene(actor=person_of(request), at=timezone.now(), **form.cleaned_data)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("会议已安排，堵点可以提请到这次会议。"))
            return redirect("meeting", row.pk)
    context = {"form": form, "heading": _("安排会议")}
    status = 422 if form.errors else 200
    return render(request, "investment/meeting_form.html", context, status=status)


@permission_required("cases.view")
@require_safe
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda of a meeting or, once it was held, its minutes."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk)
    items = [
        (item, subject_kind(item.obstacle.case.subject_type).url(item.obstacle.case.subject_id))
        for item in items_for(actor, row)
    ]
    return render(request, "investment/meeting.html", {"row": row, "items": items})


@permission_required("cases.meet")
@require_http_methods(READ_AND_SEND)
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a meeting decided; the minutes are frozen, and the obstacles go on."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk, to="meet")
    items = list(items_for(actor, row))
    form = MinutesForm(request.POST or None, items=items, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.close_meeting(
                actor=actor,
                at=timezone.now(),
                meeting=row,
                attending=form.cleaned_data["attending"],
                decisions=form.decisions,
                seen=form.seen,
            )
        except StaleEdit:
            messages.warning(request, _("您打开之后议程有变动，请看过再记录。"))
            return redirect("meeting", pk)
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("纪要已定稿，堵点转给落实的人。"))
            return redirect("meeting", pk)
    context = {"form": form, "heading": _("记录议定事项"), "row": row}
    status = 422 if form.errors else 200
    return render(request, "investment/meeting_form.html", context, status=status)
