"""The bare views that list and board are held against, inside the same frame."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from shangheng.core.accounts.access import permission_required
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.board import CARDS
from shangheng.engines.cases.selectors.cases import stage_of
from shangheng.engines.registry.industries import industry_name

TABLE = """{% extends "ui/base.html" %}{% block content %}
<table class="table"><thead><tr><th>项目</th><th>环节</th><th>推进状态</th><th>协议投资额</th><th>行业</th><th>牵头单位</th>
<th>落地单位</th><th>负责人</th></tr></thead><tbody>
{% for row in page %}<tr><th><a href="/investment/projects/{{ row.pk }}/">{{ row.name }}</a> #{{ row.pk }}</th><td>{{ row.stage }}</td>
<td>{{ row.get_status_display }}</td><td>{{ row.agreed_cny|default_if_none:"—" }}</td><td>{{ row.trade }}</td>
<td>{{ row.case.unit.name }}</td><td>{{ row.landing_unit.name }}</td><td>{{ row.case.owner.display_name }}</td></tr>{% endfor %}
</tbody></table><p>{{ page.start_index }}–{{ page.end_index }} / {{ page.paginator.count }}</p>{% endblock %}"""
BOARD = """{% extends "ui/base.html" %}{% block content %}<div class="board">
{% for lane in lanes %}<section class="lane"><h2>{{ lane.stage }} {{ lane.count }}</h2><p>{{ lane.amount|default_if_none:"" }}</p>
{% for row in lane.cards %}<article class="card"><a href="/investment/projects/{{ row.pk }}/">{{ row.name }}</a>
<p>{{ row.agreed_cny|default_if_none:"" }} {{ row.case.owner.display_name }} {{ row.case.entered_at|date:"Y-m-d" }}</p></article>{% endfor %}
</section>{% endfor %}</div>{% endblock %}"""
EMPTY = '{% extends "ui/base.html" %}'


@permission_required("investment.view")
def table(request: HttpRequest) -> HttpResponse:
    """A page of 50."""
    rows = Project.objects.select_related("case__owner", "case__unit", "landing_unit")
    page = Paginator(rows.order_by("-pk"), 50).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.__dict__.update(stage=stage_of(row.matter).name, trade=industry_name(row.industry))
    return HttpResponse(TEMPLATES["table"].render({"page": page}, request))


@permission_required("investment.view")
def board(request: HttpRequest) -> HttpResponse:
    """The latest cards of each stage, as a person would write it by hand."""
    place = Window(
        RowNumber(), partition_by=F("case__stage"), order_by=[F("case__entered_at").desc(), F("pk")]
    )
    rows = Project.objects.select_related("case__owner", "case__unit", "investor")
    cards: dict[str, list[Project]] = {}
    for row in rows.order_by().annotate(place=place).filter(place__lte=CARDS):
        cards.setdefault(row.matter.stage, []).append(row)
    sums = Project.objects.order_by().values("case__stage")
    lanes = [
        {
            "stage": one["case__stage"],
            "count": one["n"],
            "amount": one["amount"],
            "cards": cards.get(one["case__stage"], []),
        }
        for one in sums.annotate(n=Count("pk"), amount=Sum("agreed_cny"))
    ]
    return HttpResponse(TEMPLATES["board"].render({"lanes": lanes}, request))


@permission_required("investment.view")
def empty(request: HttpRequest) -> HttpResponse:
    """The frame alone."""
    return HttpResponse(TEMPLATES["empty"].render({}, request))


TEMPLATES = {
    name: engines["django"].from_string(source)
    for name, source in {"table": TABLE, "board": BOARD, "empty": EMPTY}.items()
}

handler400 = "shangheng.core.api.errors.bad_request"
handler403 = "shangheng.core.api.errors.forbidden"
handler404 = "shangheng.core.api.errors.not_found"
handler500 = "shangheng.core.api.errors.server_error"

urlpatterns = [
    path("bare/table/", table),
    path("bare/board/", board),
    path("bare/empty/", empty),
    path("", include("shangheng.config.urls")),
]
