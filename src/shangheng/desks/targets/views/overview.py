"""The cockpit, its wall edition, and the page of one indicator."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from shangheng.core.accounts.access import allows, permission_required, person_of, signed_in
from shangheng.core.accounts.middleware import landing_page
from shangheng.core.ui.moment import moment_of
from shangheng.desks.targets import charts
from shangheng.desks.targets.selectors.cockpit import cockpit
from shangheng.desks.targets.selectors.indicator import indicator_page
from shangheng.desks.targets.wording import finding
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.domain.period import Period

TILES = 10


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The first page after login: the cockpit, or what else the person may open."""
    return redirect(landing_page(person_of(request)))


@permission_required("targets.view")
def show_cockpit(request: HttpRequest) -> HttpResponse:
    """The year's indicators at a glance."""
    moment = moment_of(request)
    page = cockpit(Period.parse(moment.period), area=settings.HOME_AREA, known_at=moment.known_at)
    chosen = request.GET.get("section", "")
    sections = [s for s in page.sections if s.rows and chosen in {"", s.code}]
    return render(
        request,
        "targets/cockpit.html",
        {
            "page": page,
            "sections": sections,
            "chosen": chosen,
            "moment": moment,
            "wall_url": reverse("wall"),
        },
    )


@permission_required("targets.view")
def wall(request: HttpRequest) -> HttpResponse:
    """The cockpit for a wall of 2560 × 1440: the headline indicators, legible at five metres."""
    moment = moment_of(request)
    page = cockpit(Period.parse(moment.period), area=settings.HOME_AREA, known_at=moment.known_at)
    tiles = page.headline[:TILES]
    return render(request, "targets/wall.html", {"page": page, "tiles": tiles, "moment": moment})


@permission_required("targets.view")
def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator in depth."""
    moment = moment_of(request)
    try:
        page = indicator_page(
            code,
            Period.parse(moment.period),
            area=settings.HOME_AREA,
            known_at=moment.known_at,
        )
    except UnknownIndicator as error:
        raise Http404(str(error)) from error
    return render(
        request,
        "targets/indicator.html",
        {
            "page": page,
            "row": page.row,
            "moment": moment,
            "may_post": allows(request.user, "targets.post"),
            "finding": finding(page.row.figure, page.row.standing),
            "course": charts.course(page),
            "years": charts.years(page),
            "beside": charts.beside(page),
            "splits": [charts.split(page, item) for item in page.breakdowns],
        },
    )
