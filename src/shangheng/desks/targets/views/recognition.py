"""The recognition queue, what is done there with many postings at once, and what was refused."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.access import PERMISSIONS, Purpose, postings_for
from shangheng.desks.targets.forms.fields import reason_choices
from shangheng.desks.targets.forms.postings import FilterForm
from shangheng.desks.targets.forms.recognition import DecisionForm, NoteForm, ReplyForm
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors import queue as queues
from shangheng.desks.targets.selectors import rejections
from shangheng.desks.targets.selectors.lines import Amount, PostingLine
from shangheng.desks.targets.services import recognition as services
from shangheng.desks.targets.views.common import chips_of, page_of, page_or_part, refused
from shangheng.desks.targets.words import status_word
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.recognition import CannotMove

MOST = 200  # postings in one bulk act: more is not reviewed by a person


@permission_required("targets.view")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What is 待报, 已报待认定, 拒统 and 已认定, with what can be done about it."""
    actor, moment = person_of(request), moment_of(request)
    first = "claimed" if _may(actor, "submit") or not _may(actor, "recognise") else "submitted"
    tab = request.GET.get("tab", first)
    tab = tab if tab in queues.TABS else first
    status = queues.TABS[tab]
    form = FilterForm(request.GET, actor=actor)
    del form.fields["area"]  # only facts of our own await recognition
    del form.fields["status"]  # the tabs are
    period = None if request.GET.get("all") else Period.parse(moment.period)
    filters = form.filters(period, request.GET.get("sort", reading.DEFAULT_SORT))
    within = queues.recognisable(postings_for(actor))
    rows = reading.found(within, filters, known_at=moment.known_at)
    held = reading.holding(reading.live(rows, moment.known_at), status, moment.known_at)
    page = page_of(request, reading.read(held))
    counts = queues.counts(rows, known_at=moment.known_at)
    purpose = queues.BULK.get(status)
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "period": period,
        "tab": tab,
        "tabs": [(code, status_word(queues.TABS[code]), counts[code]) for code in queues.TABS],
        "status": int(status),
        "status_word": status_word(status),
        "page": page,
        "lines": _held_lines(page.object_list, status, moment.known_at),
        "bulk": purpose if purpose and not moment.known and _may(actor, purpose) else "",
    }
    return page_or_part(request, "targets/recognition_queue.html", "rows", context)


def _held_lines(
    rows: Iterable[Posting], status: Status, known_at: datetime
) -> list[tuple[PostingLine, Amount]]:
    lines = reading.lines_of(list(rows), known_at=known_at)
    return [(line, line.held(status)) for line in lines]


def _may(actor: User, purpose: Purpose) -> bool:
    return allows(actor, PERMISSIONS[purpose])


@permission_required("targets.submit")
@require_POST
def submit_many(request: HttpRequest) -> HttpResponse:
    """First what will happen, then, confirmed, all of it or nothing."""
    actor = person_of(request)
    lines = _chosen(request, actor, "submit", Status.CLAIMED)
    if not lines:
        return _nothing_chosen(request, "claimed")
    confirmed = "confirm" in request.POST
    form = NoteForm(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        try:
            services.submit(
                actor=actor,
                at=timezone.now(),
                postings=[line.row.pk for line in lines],
                note=form.cleaned_data["note"],
            )
        except CannotMove as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%d条记录已提交认定；提交错了可以逐条撤回。") % len(lines))
            return redirect(_tab("submitted"))
    context = {
        "form": form,
        "lines": [(line, line.held(Status.CLAIMED)) for line in lines],
        "sums": queues.together(lines, Status.CLAIMED),
    }
    return refused(request, "targets/recognition_submit.html", context, wrong=form.is_bound)


@permission_required("targets.recognise")
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """One reply of the superior office about many postings: all of it or nothing."""
    actor, today = person_of(request), timezone.localdate()
    lines = _chosen(request, actor, "recognise", Status.SUBMITTED)
    if not lines:
        return _nothing_chosen(request, "submitted")
    confirmed = "confirm" in request.POST
    data, files = (request.POST, request.FILES) if confirmed else (None, None)
    form = ReplyForm(data, files, today=today, may_upload=allows(actor, "evidence.upload"))
    reasons = reason_choices(today)
    decisions = [
        DecisionForm(data, line=line, reasons=reasons, prefix=f"p{line.row.pk}") for line in lines
    ]
    wrong = [one for one in (form, *decisions) if not one.is_valid()]  # each shows its errors
    if confirmed and not wrong:
        try:
            services.record_reply(
                actor=actor,
                at=timezone.now(),
                decisions=[one.decision() for one in decisions],
                reply=form.reply(),
            )
        except (CannotMove, UnacceptableFile) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%d条记录的认定结果已登记。") % len(lines))
            return redirect(_tab("recognised"))
    context = {
        "form": form,
        "decisions": decisions,
        "sums": queues.together(lines, Status.SUBMITTED),
    }
    return refused(request, "targets/recognition_decide.html", context, wrong=form.is_bound)


@permission_required("targets.view")
@require_safe
def rejected(request: HttpRequest) -> HttpResponse:
    """What was refused, why, and what share of the submitted it is."""
    actor, moment = person_of(request), moment_of(request)
    period = Period.parse(moment.period)
    filters = reading.Filters(period=period)
    within = queues.recognisable(postings_for(actor))
    rows = reading.found(within, filters, known_at=moment.known_at)
    found = rejections.by_indicator(rows, known_at=moment.known_at)
    wanted = request.GET.get("indicator", "")
    most = max(found, key=lambda one: sum(one.tally.times.values()), default=None)
    chosen = next((one for one in found if one.key == wanted), most)
    context = {
        "found": found,
        "chosen": chosen,
        "chart": rejections.chart(chosen) if chosen else None,
        "units": rejections.by_unit(rows, chosen.key, known_at=moment.known_at) if chosen else [],
        "period": period,
    }
    return render(request, "targets/recognition_rejected.html", context)


def _chosen(
    request: HttpRequest, actor: User, purpose: Purpose, status: Status
) -> list[PostingLine]:
    """The postings that were ticked, as far as they are within reach and hold something."""
    keys = [int(pk) for pk in request.POST.getlist("posting")[:MOST] if pk.isdigit()]
    rows = reading.read(postings_for(actor, purpose).filter(pk__in=keys))
    lines = reading.lines_of(list(rows.order_by("-occurred_on", "-pk")))
    return [line for line in lines if line.is_live and status in line.view.amounts]


def _nothing_chosen(request: HttpRequest, tab: str) -> HttpResponse:
    messages.warning(request, _("没有选中可以办理的记录，请先勾选。"))
    return redirect(_tab(tab))


def _tab(tab: str) -> str:
    return f"{reverse('recognition')}?tab={tab}"
