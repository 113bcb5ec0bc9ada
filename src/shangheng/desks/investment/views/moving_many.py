"""One milestone for several projects: what each lacks is shown first, then all go on or none."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.lists.declaring import PAGE
from shangheng.desks.investment.forms.moving_many import MilestoneForm
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.moving_many import (
    Candidate,
    candidates,
    milestones_before,
)
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services.handling import advance_many
from shangheng.desks.investment.views.common import READ_AND_SEND, REFUSED, refuse
from shangheng.engines.cases.domain.workflow import Stage


@permission_required("cases.act")
@require_http_methods(READ_AND_SEND)
def projects_move(request: HttpRequest) -> HttpResponse:
    """What stands against each of the chosen projects, and the milestone for all that go on."""
    actor = person_of(request)
    rows = _chosen(request, actor)
    stages = milestones_before(rows)
    if not stages:
        messages.warning(request, _("请在列表里勾选还没有办结的项目。"))
        return redirect("projects")
    stage = next((one for one in stages if one.id == request.POST.get("stage")), stages[0])
    found = candidates(actor, rows, stage.id)
    able = [one for one in found if not one.why]
    ticked = set(request.POST.getlist("row")) if "shown" in request.POST else None
    going = able if ticked is None else [one for one in able if one.mark in ticked]
    confirmed = "confirm" in request.POST and request.POST.get("shown") == stage.id
    sent = (request.POST, request.FILES) if confirmed else ()
    form = MilestoneForm(*sent, able=able, going=going)
    agreed = confirmed and form.is_valid() and _agreed(form, going, ticked or set())
    if agreed and _done(request, actor, form, going, stage):
        return redirect("projects")
    context = {
        "form": form,
        "stage": stage,
        "stages": stages,
        "able": able,
        "going": {one.mark for one in going},
        "refused": [one for one in found if one.why],
        "chosen": [row.pk for row in rows],
    }
    status = 422 if confirmed else 200
    return render(request, "investment/moving_many.html", context, status=status)


def _chosen(request: HttpRequest, actor: User) -> Sequence[Project]:
    """The projects that were ticked on one page of the list, as far as this person sees them."""
    told = request.POST.getlist("chosen") or request.POST.getlist("row")
    keys = [int(one) for one in told[:PAGE] if one.isascii() and one.isdigit() and len(one) < 19]
    return list(projects_for(actor).filter(pk__in=keys).order_by("name", "pk"))


def _agreed(form: MilestoneForm, going: Sequence[Candidate], ticked: set[str]) -> bool:
    """Whether each that was ticked still is as it was read, and any was."""
    if not ticked:
        form.add_error(None, _("还没有勾选；请先勾选要登记的项目。"))
    elif late := len(ticked) - len(going):
        form.add_error(
            None, _("您打开之后，勾选的有%d个变了，什么也没有登记；请核对下面的清单。") % late
        )
    return form.is_valid()


def _done(
    request: HttpRequest,
    actor: User,
    form: MilestoneForm,
    going: Sequence[Candidate],
    stage: Stage,
) -> bool:
    told: Mapping[str, object] = form.cleaned_data
    try:
        advance_many(
            actor=actor,
            at=timezone.now(),
            going=going,
            occurred_on=form.cleaned_data["occurred_on"],
            uploads=list(form.uploads()),
            reason=str(told.get("reason", "")),
        )
    except REFUSED as refusal:
        refuse(form, refusal)
        return False
    words = {"n": len(going), "stage": stage.name}
    messages.success(request, _("已为%(n)d个项目登记“%(stage)s”。") % words)
    return True
