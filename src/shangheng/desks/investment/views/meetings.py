"""Meetings that obstacles are taken to: planned, their agenda, their minutes."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import EditForm, StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.core.ui.downloads import attachment
from shangheng.desks.investment.forms.meetings import AgendaForm, MeetingForm, MinutesForm
from shangheng.desks.investment.listings.obstacles import OBSTACLES
from shangheng.desks.investment.views.common import READ_AND_SEND, REFUSED, refuse
from shangheng.engines.cases.access import access_meeting
from shangheng.engines.cases.models import Meeting
from shangheng.engines.cases.selectors.register import (
    items_for,
    meetings_for,
    obstacles_for,
    obstacles_to_decide,
    paper_of,
)
from shangheng.engines.cases.services import meetings as services
from shangheng.engines.cases.services.papers import MEDIA, download_paper
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.documents.numbering import numbers

PAGE = 50
OFFERED = 100
"""Obstacles that are offered for an agenda at once."""


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


@permission_required("cases.view")
@require_safe
def meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda or the minutes as they will be printed."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk)
    paper = paper_of(actor, row, timezone.now())
    blocks = list(zip(paper.blocks, numbers(paper.blocks), strict=True))
    context = {"row": row, "paper": paper, "blocks": blocks}
    return render(request, "investment/paper.html", context)


@permission_required("cases.view")
@require_safe
def meeting_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a file of Word or PDF."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk)
    if kind not in MEDIA:
        raise Http404
    return attachment(download_paper(actor=actor, at=timezone.now(), meeting=row, kind=kind))


@permission_required("cases.view")
@require_http_methods(READ_AND_SEND)
def obstacle_list(request: HttpRequest) -> HttpResponse:
    """The register of obstacles, as far as the person may see it."""
    return show(request, OBSTACLES)


@permission_required("cases.meet")
@require_http_methods(READ_AND_SEND)
def meeting_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the agenda: order what is on it, add what the register has to be decided."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk, to="meet")
    register = obstacles_to_decide(actor)
    data = _sent(request)
    form = _agenda_form(data, actor, row)

    def write() -> None:
        services.arrange(
            actor=actor, at=timezone.now(), meeting=row, agenda=form.agenda, seen=form.seen
        )

    try:
        if _written(request, form, row, write):
            messages.success(request, _("议程已排定。"))
            return redirect("meeting", pk)
    except StaleEdit as stale:
        return _conflict(request, _agenda_form(data, actor, stale.current), stale.current)
    context = {"form": form, "row": row, "more": max(register.count() - OFFERED, 0)}
    status = 422 if form.errors else 200
    return render(request, "investment/agenda.html", context, status=status)


@permission_required("cases.meet")
@require_http_methods(READ_AND_SEND)
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a meeting decided; the minutes are frozen, and the obstacles go on."""
    actor = person_of(request)
    row = access_meeting(actor=actor, pk=pk, to="meet")
    data = _sent(request)
    form = _minutes_form(data, actor, row)

    def write() -> None:
        services.close_meeting(
            actor=actor,
            at=timezone.now(),
            meeting=row,
            attending=form.cleaned_data["attending"],
            decisions=form.decisions,
            seen=form.seen,
        )

    try:
        if _written(request, form, row, write):
            messages.success(request, _("纪要已定稿，堵点转给落实的人。"))
            return redirect("meeting", pk)
    except StaleEdit as stale:
        return _conflict(request, _minutes_form(data, actor, stale.current), stale.current)
    context = {"form": form, "heading": _("记录议定事项"), "row": row}
    status = 422 if form.errors else 200
    return render(request, "investment/meeting_form.html", context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    return chosen(request.POST) if request.method == "POST" else None


def _agenda_form(data: QueryDict | None, actor: User, row: Meeting) -> AgendaForm:
    """The agenda as it is now; what was sent about an obstacle that is elsewhere now is kept as well."""
    items = list(items_for(actor, row))
    register = list(obstacles_to_decide(actor)[:OFFERED])
    shown = [item.obstacle_id for item in items] + [one.pk for one in register]
    sent = AgendaForm.obstacles_in(data or {})
    register += obstacles_for(actor).filter(pk__in=sent).exclude(pk__in=shown).order_by("pk")
    return AgendaForm(data, items=items, register=register, initial={"version": row.version})


def _minutes_form(data: QueryDict | None, actor: User, row: Meeting) -> MinutesForm:
    items = list(items_for(actor, row))
    return MinutesForm(data, items=items, initial={"version": row.version})


def _written(request: HttpRequest, form: EditForm, row: Meeting, write: Callable[[], None]) -> bool:
    """Whether what was sent is done; else the form is to be shown. Raises StaleEdit, also for a form
    that is not whole only because others have put something on the agenda since."""
    if request.method != "POST":
        return False
    if not form.is_valid():
        if form.cleaned_data.get("version", row.version) != row.version:
            raise StaleEdit(row)
        return False
    try:
        write()
    except REFUSED as refusal:
        refuse(form, refusal)
        return False
    return True


def _conflict(request: HttpRequest, form: AgendaForm | MinutesForm, row: Meeting) -> HttpResponse:
    """Both sides of an edit that came too late; once the minutes are frozen, there is none to choose."""
    acts = acts_on(f"cases.meeting:{row.pk}").exclude(act="cases.meeting.download")
    context = {
        "conflict": conflict_of(form, form.current(row), acts=acts),
        "heading": str(row),
        "back_url": reverse("meeting", args=[row.pk]),
        "final": _("会议已经开过，纪要不再改动；您填的没有保存。") if row.closed_at else "",
    }
    return render(request, "ui/conflict.html", context, status=409)
