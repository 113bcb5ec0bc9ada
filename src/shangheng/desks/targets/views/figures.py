"""The provenance of a figure: definition, arithmetic, postings, recognition, vouchers, history."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shangheng.core.accounts.access import permission_required, person_of, scope_of
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets.selectors.provenance import provenance
from shangheng.engines.evidence.selectors import open_to
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.domain.query import BadReference, parse_reference

PER_PAGE = 20


@permission_required("targets.view")
def show_figure(request: HttpRequest, reference: str) -> HttpResponse:
    """A figure of the ledger, back to its postings and vouchers."""
    moment = moment_of(request)
    try:
        query, known_at = parse_reference(reference)
        page = provenance(query, known_at=_past(known_at, moment.known_at))
    except (BadReference, UnknownIndicator) as error:
        raise Http404(str(error)) from error
    visible = scope_of(person_of(request), "targets.view").filter(
        page.postings, unit="series__unit", owner="entry__actor"
    )
    postings = Paginator(visible, PER_PAGE).get_page(request.GET.get("page"))
    views = page.read(list(postings.object_list))
    vouchers = [link.document for view in views for link in view.row.evidence.all()]
    fragment = "HX-Request" in request.headers
    return render(
        request,
        "targets/figure.html#body" if fragment else "targets/figure.html",
        {
            "fragment": fragment,
            "page": page,
            "figure": page.figure,
            "postings": postings,
            "views": views,
            "open_vouchers": open_to(person_of(request), vouchers),
            "hidden": page.posting_count - postings.paginator.count,
            "moment": moment,
        },
    )


def _past(known_at: datetime | None, otherwise: datetime) -> datetime:
    """The instant of the reference; one in the future shows what is known now."""
    return min(known_at or otherwise, timezone.now())
