"""A new posting by form: first which indicator, then the fact with its vouchers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.desks.targets.access import access_posting, units_for
from shangheng.desks.targets.forms.fields import kind_choices, uploads_in
from shangheng.desks.targets.forms.postings import (
    PostingForm,
    initial_from,
)
from shangheng.desks.targets.selectors.choosing import indicators_by_section
from shangheng.desks.targets.selectors.documents import offered
from shangheng.desks.targets.selectors.postings import recent_indicators
from shangheng.desks.targets.services.postings import (
    VouchersRefused,
    keep_vouchers,
    post_facts,
)
from shangheng.desks.targets.views.common import page_or_part, refused, warn_of_reuse
from shangheng.desks.targets.words import name_of
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Indicator, UnknownIndicator
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.models import Posting


@permission_required("targets.post")
@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: HttpRequest) -> HttpResponse:
    """The chooser of indicators without `?indicator=`, the form with it."""
    code = request.GET.get("indicator", "")
    if not code:
        return _choose(request)
    indicator, actor, now = _known(code), person_of(request), timezone.now()
    form = _form(request, actor, indicator)
    if request.method == "POST":
        kept, refusals = _keep(request, actor, now)
        form = _form(request, actor, indicator, kept)
        posting = _post(form, refusals, actor, now)
        if posting is not None:
            messages.success(request, _("已登记为#%d。") % posting.pk)
            warn_of_reuse(request, access_posting(actor=actor, pk=posting.pk, to="edit"))
            return redirect("posting", posting.pk)
    kinds, accepted = kind_choices(form.definition.evidence), len(form.definition.evidence)
    context = {
        "form": form,
        "indicator": indicator,
        "name": name_of(indicator),
        "definition": form.definition,
        "accepted": kinds[:accepted],
        "other": kinds[accepted:],
    }
    return refused(request, "targets/posting_new.html", context, wrong=form.is_bound)


def _choose(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    context = {
        "q": text,
        "groups": indicators_by_section(text),
        "recent": [] if text else recent_indicators(person_of(request)),
    }
    return page_or_part(request, "targets/posting_choose.html", "indicators", context)


def _known(code: str) -> Indicator:
    try:
        return catalogue.indicator(code)
    except UnknownIndicator as error:
        raise Http404 from error


def _form(
    request: HttpRequest, actor: User, indicator: Indicator, kept: Sequence[Document] = ()
) -> PostingForm:
    """The form as it was sent; files that were just kept are offered and chosen."""
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        for document in kept:
            data.appendlist("documents", str(document.pk))
    initial = _initial(request, actor)
    return PostingForm(
        data,
        actor=actor,
        indicator=indicator,
        today=timezone.localdate(),
        offered=offered(actor, data.getlist("documents") if data else initial["documents"]),
        initial=initial,
    )


def _initial(request: HttpRequest, actor: User) -> dict[str, Any]:
    again = request.GET.get("from", "")
    if again.isascii() and again.isdigit():
        return initial_from(access_posting(actor=actor, pk=int(again)))
    return {"unit": actor.unit_id, "documents": request.GET.getlist("document")}


def _keep(
    request: HttpRequest, actor: User, at: datetime
) -> tuple[Sequence[Document], Sequence[str]]:
    """Keep the files before anything else is judged, so that none has to be chosen again."""
    chosen = request.POST.get("unit", "")
    units = units_for(actor, "edit").filter(pk=chosen) if chosen.isdigit() else None
    unit = (units.first() if units is not None else None) or actor.unit
    try:
        return keep_vouchers(actor=actor, at=at, uploads=uploads_in(request), unit=unit), ()
    except VouchersRefused as error:
        return error.kept, error.messages


def _post(form: PostingForm, refusals: Sequence[str], actor: User, at: datetime) -> Posting | None:
    form.is_valid()
    for message in refusals:
        form.add_error(None, message)
    if form.errors:
        return None
    data = form.cleaned_data
    documents = [int(pk) for pk in data.get("documents", [])]
    try:
        entry = post_facts(
            actor=actor,
            at=at,
            lines=[form.line(documents)],
            source=data["source"],
            note=data["note"],
        )
    except LinesRefused as error:
        form.take(error.errors)
        return None
    return entry.postings.get()
