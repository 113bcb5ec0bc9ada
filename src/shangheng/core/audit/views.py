"""Pages of the auditors."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from shangheng.core.audit import export
from shangheng.core.audit.actor import Actor
from shangheng.core.audit.forms import SearchForm
from shangheng.core.audit.marks import permission_required
from shangheng.core.audit.models import Row
from shangheng.core.audit.selectors import differences
from shangheng.core.audit.services import record

PAGE = 50


@permission_required("audit.view")
@require_GET
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """The rows that were looked for, the latest first."""
    form = SearchForm(request.GET)
    rows = form.search().rows() if form.is_valid() else Row.objects.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    head = Row.objects.order_by("-number").first()
    template = "audit/index.html"
    if request.headers.get("HX-Request"):
        template += "#rows"
    return render(request, template, {"form": form, "page": page, "head": head})


@permission_required("audit.view")
@require_GET
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One row: what was before, what after, and its place in the chain."""
    row = get_object_or_404(Row, pk=number)
    context = {
        "row": row,
        "differences": differences(row),
        "intact": row.fields().digest() == row.hash,
        "earlier": Row.objects.filter(pk=number - 1).exists(),
        "later": Row.objects.filter(pk=number + 1).exists(),
    }
    return render(request, "audit/detail.html", context)


@permission_required("audit.export")
@require_GET
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Exactly the rows that were looked for, as CSV; the export is itself recorded."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Http404
    now = timezone.now()
    last = Row.objects.order_by("-number").values_list("number", flat=True).first() or 0
    rows = form.search().rows().filter(number__lte=last)  # rows never change: a fixed set
    with transaction.atomic():
        record(
            actor=_actor(request),
            act="audit.export",
            at=now,
            after={"rows": rows.count(), "last": last, "filter": request.GET.dict()},
        )
    name = timezone.localtime(now).strftime("audit-%Y%m%d-%H%M%S.csv")
    return StreamingHttpResponse(
        export.lines(rows.iterator(chunk_size=1000)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _actor(request: HttpRequest) -> Actor:
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
