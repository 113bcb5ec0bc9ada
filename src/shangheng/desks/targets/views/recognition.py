"""The recognition queue, what is done there with many postings at once, and what was refused."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.lists.declaring import MOST
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.access import postings_for
from shangheng.desks.targets.forms.fields import reason_choices
from shangheng.desks.targets.forms.recognition import DecisionForm, ReplyForm
from shangheng.desks.targets.listings.queue import first_tab, queue_listing
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors import queue as queues
from shangheng.desks.targets.selectors import rejections
from shangheng.desks.targets.selectors.lines import PostingLine
from shangheng.desks.targets.services import recognition as services
from shangheng.desks.targets.views.common import refused
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.services.recognition import CannotMove


@permission_required("targets.view")
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What is 待报, 已报待认定, 拒统 and 已认定, with what can be done about it."""
    tab = request.GET.get("tab", "") or first_tab(person_of(request))
    return show(request, queue_listing(tab), template="targets/recognition_queue.html")


@permission_required("targets.recognise")
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """One reply of the superior office about many postings: all of it or nothing."""
    actor, today = person_of(request), timezone.localdate()
    lines = _chosen(request, actor)
    if not lines:
        messages.warning(request, _("没有选中可以办理的记录，请先勾选。"))
        return redirect(_tab("submitted"))
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
        "together": queues.together(lines, Status.SUBMITTED),
    }
    return refused(request, "targets/recognition_decide.html", context, wrong=form.is_bound)


@permission_required("targets.view")
@require_safe
def rejected(request: HttpRequest) -> HttpResponse:
    """What was refused, why, and what share of the submitted it is."""
    actor, moment = person_of(request), moment_of(request)
    period = Period.parse(moment.period)
    within = queues.recognisable(postings_for(actor))
    rows = reading.in_period(reading.known(within, moment.known_at), period)
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


def _chosen(request: HttpRequest, actor: User) -> list[PostingLine]:
    """The postings that were ticked, as far as they are within reach and await a reply."""
    keys = [int(pk) for pk in request.POST.getlist("row")[:MOST] if pk.isdigit()]
    rows = reading.read(postings_for(actor, "recognise").filter(pk__in=keys))
    lines = reading.lines_of(list(rows.order_by("-occurred_on", "-pk")))
    return [line for line in lines if line.is_live and Status.SUBMITTED in line.view.amounts]


def _tab(tab: str) -> str:
    return f"{reverse('recognition')}?tab={tab}"
