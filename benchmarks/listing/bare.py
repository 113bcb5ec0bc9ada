"""The bare view that the lists of the product are held against: a queryset, a Paginator, a table.

It renders the same rows of the same columns, once inside the frame of the product and once alone.
No chips, no saved views, no choice of columns, no export, no totals but the count of the Paginator.
"""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from shangheng.core.accounts.access import permission_required
from shangheng.desks.targets.selectors.postings import named
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting

ROWS = """
<table class="table"><thead><tr><th>指标</th><th>发生日期</th><th>数值</th><th>认定</th><th>责任单位</th>
<th>凭证份数</th><th>登记时间</th></tr></thead><tbody>
{% for row in page %}<tr><th><a href="/targets/postings/{{ row.pk }}/">{{ row.name }}</a> #{{ row.pk }}</th>
<td>{{ row.occurred_on|date:"Y-m-d" }}</td><td>{{ row.value }} {{ row.unit }}</td>
<td>{% for word, value in row.parts %}{{ word }} {{ value }} {% endfor %}</td>
<td>{{ row.series.unit.name }}</td><td>{{ row.evidence.all|length }}</td>
<td>{{ row.entry.actor.display_name }} {{ row.recorded_at|date:"Y-m-d H:i" }}</td></tr>{% endfor %}
</tbody></table>
<p>{{ page.start_index }}–{{ page.end_index }} / {{ page.paginator.count }}</p>
"""
FRAMED = '{% extends "ui/base.html" %}{% block content %}' + ROWS + "{% endblock %}"
EMPTY = '{% extends "ui/base.html" %}'


def narrowed(request: HttpRequest) -> QuerySet[Posting]:
    """What the address asks for, as a person would write it by hand."""
    asked = request.GET
    rows = Posting.objects.select_related(
        "series__indicator", "series__unit", "entry__actor", "reversal"
    ).prefetch_related("evidence", "steps")
    if not asked.get("all"):
        rows = rows.filter(occurred_on__year=asked["period"])
    if indicator := asked.get("indicator"):
        rows = rows.filter(series__indicator__code=indicator)
    if unit := asked.get("unit"):
        rows = rows.filter(series__unit=int(unit))
    if text := asked.get("q"):
        rows = rows.filter(named(text))
    return rows.order_by("-amount", "-pk")


def told(row: Posting) -> Posting:
    """A posting with the words of its cells."""
    indicator = catalogue.indicator(row.series.indicator.code)
    unit = catalogue.unit_of(indicator.on(row.occurred_on))
    amounts = {Status(row.status): row.amount}
    for step in row.steps.all():
        amounts[Status(step.origin)] = amounts.get(Status(step.origin), 0) - step.amount
        amounts[Status(step.destination)] = amounts.get(Status(step.destination), 0) + step.amount
    parts = [(status.word, unit.from_minor(amount)) for status, amount in amounts.items() if amount]
    row.__dict__.update(
        name=indicator.name, unit=unit.code, value=unit.from_minor(row.amount), parts=parts
    )
    return row


def _page(request: HttpRequest, template: str) -> HttpResponse:
    page = Paginator(narrowed(request), 50).get_page(request.GET.get("page"))
    page.object_list = [told(row) for row in page.object_list]
    return HttpResponse(TEMPLATES[template].render({"page": page}, request))


@permission_required("targets.view")
def framed(request: HttpRequest) -> HttpResponse:
    """The rows inside the frame."""
    return _page(request, "framed")


@permission_required("targets.view")
def alone(request: HttpRequest) -> HttpResponse:
    """The rows alone."""
    return _page(request, "alone")


@permission_required("targets.view")
def empty(request: HttpRequest) -> HttpResponse:
    """The frame alone."""
    return HttpResponse(TEMPLATES["empty"].render({}, request))


TEMPLATES = {
    name: engines["django"].from_string(source)
    for name, source in {"framed": FRAMED, "alone": ROWS, "empty": EMPTY}.items()
}

handler400 = "shangheng.core.api.errors.bad_request"
handler403 = "shangheng.core.api.errors.forbidden"
handler404 = "shangheng.core.api.errors.not_found"
handler500 = "shangheng.core.api.errors.server_error"

urlpatterns = [
    path("bare/framed/", framed),
    path("bare/alone/", alone),
    path("bare/empty/", empty),
    path("", include("shangheng.config.urls")),
]
