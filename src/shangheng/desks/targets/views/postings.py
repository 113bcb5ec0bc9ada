"""Postings: the list, the page of one, vouchers added, a posting taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.access import access_posting, may
from shangheng.desks.targets.forms.fields import kind_choices, uploads_in
from shangheng.desks.targets.forms.postings import AttachForm, ReverseForm
from shangheng.desks.targets.listings.postings import POSTINGS
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors.documents import offered, vouchers_of
from shangheng.desks.targets.selectors.lines import PostingLine, step_lines
from shangheng.desks.targets.services.postings import VouchersRefused, attach_vouchers
from shangheng.desks.targets.views.common import refused, sent, warn_of_reuse
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.selectors.provenance import steps_of
from shangheng.engines.ledger.services.posting import CannotReverse
from shangheng.engines.ledger.services.posting import reverse as take_back

GET_POST = ["GET", "HEAD", "POST"]


@permission_required("targets.view")
@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    """The postings within reach."""
    return show(request, POSTINGS, template="targets/posting_list.html")


@permission_required("targets.view")
@require_safe
def posting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: what, by whom, on which vouchers, and where its recognition stands."""
    actor = person_of(request)
    moment = moment_of(request)
    posting = access_posting(actor=actor, pk=pk)
    line = reading.lines_of([posting], known_at=moment.known_at)[0]
    context = {
        "line": line,
        "steps": step_lines(steps_of(posting, known_at=moment.known_at), line),
        "vouchers": vouchers_of(posting, actor),
        "can": _can(actor, posting, line) if not moment.known else {},
    }
    return render(request, "targets/posting_page.html", context)


def _can(actor: User, posting: Posting, line: PostingLine) -> dict[str, bool]:
    """What this person may do with the posting as it stands."""
    if not line.is_live:
        return {"repost": may(actor, posting, "edit") and line.is_taken_back}
    held = line.view.amounts
    submits, decides = may(actor, posting, "submit"), may(actor, posting, "recognise")
    needs = bool(line.authority)
    return {
        "attach": may(actor, posting, "edit"),
        "reverse": may(actor, posting, "edit"),
        "submit": submits and needs and Status.CLAIMED in held,
        "withdraw": submits and Status.SUBMITTED in held,
        "resubmit": submits and Status.REJECTED in held,
        "decide": decides and Status.SUBMITTED in held,
        "revoke": decides and needs and Status.RECOGNISED in held,
    }


@permission_required("targets.post")
@require_http_methods(GET_POST)
def posting_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add vouchers to a posting."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="edit")
    form = AttachForm(*sent(request), offered=offered(actor, request.POST.getlist("documents")))
    uploads = list(uploads_in(request))
    if request.method == "POST" and form.is_valid():
        documents = [int(one) for one in form.cleaned_data.get("documents", [])]
        try:
            attach_vouchers(
                actor=actor,
                at=timezone.now(),
                posting=posting,
                uploads=uploads,
                documents=documents,
            )
        except VouchersRefused as error:
            for message in error.messages:
                form.add_error(None, message)
        except LinesRefused as error:
            for problem in error.errors:
                form.add_error(None, problem.message)
        else:
            messages.success(request, _("凭证已附在#%d上。") % posting.pk)
            warn_of_reuse(request, access_posting(actor=actor, pk=pk))
            return redirect("posting", posting.pk)
    line = reading.lines_of([posting])[0]
    accepted = line.definition.evidence
    kinds = kind_choices(accepted)
    context = {
        "form": form,
        "line": line,
        "accepted": kinds[: len(accepted)],
        "other": kinds[len(accepted) :],
    }
    return refused(request, "targets/posting_attach.html", context, wrong=request.method == "POST")


@permission_required("targets.post")
@require_http_methods(GET_POST)
def posting_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a posting back; what was recorded stays and is crossed out."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="edit")
    form = ReverseForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_back(
                actor=actor,
                at=timezone.now(),
                postings=[posting.pk],
                reason=form.cleaned_data["reason"],
            )
        except CannotReverse as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _told_reversed(posting))
            return redirect("posting", posting.pk)
    context = {"form": form, "line": reading.lines_of([posting])[0]}
    return refused(request, "targets/posting_reverse.html", context, wrong=form.is_bound)


def _told_reversed(posting: Posting) -> str:
    again = reverse("posting-new")
    code = posting.series.indicator.code
    return format_html(
        '{} <a href="{}?indicator={}&amp;from={}">{}</a>',
        _("#%d已冲销，不再计入任何数字。") % posting.pk,
        again,
        code,
        posting.pk,
        _("更正后重新填报"),
    )
