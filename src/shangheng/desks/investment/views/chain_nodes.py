"""One node of a chain: its enterprises, projects and targets, and what is done with them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.audit.conflicts import acts_on
from shangheng.core.database.edits import StaleEdit
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import (
    access_node,
    access_placement,
    access_project,
    access_target,
)
from shangheng.desks.investment.forms import chains as forms
from shangheng.desks.investment.forms.money import ReasonForm, upload_of
from shangheng.desks.investment.models import ChainNode
from shangheng.desks.investment.selectors import chains as reading
from shangheng.desks.investment.selectors.chain_targets import aims_of, target_rule
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.services import chain_targets as targeting
from shangheng.desks.investment.services import chains as services
from shangheng.desks.investment.views.acts_on_money import act, sent
from shangheng.desks.investment.views.common import READ_AND_SEND, changed_meanwhile


@permission_required("investment.view")
@require_safe
def node_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One node as it stood at the moment of the page."""
    actor = person_of(request)
    row = access_node(actor=actor, pk=pk)
    at = moment_of(request).known_at
    [stand] = reading.stands_of([row], at=at)
    positions = reading.in_progress(reading.positions_at(at).filter(node=row), at)
    projects = projects_for(actor).filter(pk__in=positions.order_by().values("project"))
    shown = list(projects)
    known = {one.code: one for one in row.chain.nodes.all()}
    context = {
        "row": row,
        "stand": stand,
        "placements": reading.placements_at(at)
        .filter(node=row)
        .select_related("organisation", "document"),
        "projects": shown,
        "hidden": stand.counts.projects - len(shown),
        "aims": aims_of(actor, row, at=at),
        "rule": target_rule(timezone.localdate(at)),
        "upstream": [known.get(code, code) for code in row.upstream_codes],
        "downstream": [one for one in known.values() if row.code in one.upstream_codes],
        "may_edit": allows(actor, "investment.edit"),
        "acts": acts_on(f"investment.chainnode:{pk}").order_by("-number")[:20],
    }
    return render(request, "investment/chain_node.html", context)


@permission_required("investment.edit")
@require_POST
def node_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a node on which nothing stands."""
    actor = person_of(request)
    row = access_node(actor=actor, pk=pk)
    try:
        services.remove_node(actor=actor, at=timezone.now(), row=row)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("chain-node", pk)
    messages.success(request, _("“%s”已删去。") % row.name)
    return redirect("chain", row.chain_id)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def placement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an enterprise stands on the node."""
    actor = person_of(request)
    row = access_node(actor=actor, pk=pk)
    form = forms.PlaceForm(*sent(request), initial={"on": timezone.localdate()})

    def enter() -> str:
        values = dict(form.cleaned_data)
        upload = upload_of(values.pop("scan"))
        services.place_enterprise(
            actor=actor, at=timezone.now(), node=row, values=values, upload=upload
        )
        messages.success(request, _("企业已登记到节点。"))
        return reverse("chain-node", args=[pk])

    back, crumbs = _way_back(row)
    return act(request, form, _("登记自有企业"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def placement_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what does not hold."""
    actor = person_of(request)
    row = access_placement(actor=actor, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back, crumbs = _way_back(row.node)

    def take_back() -> str:
        services.take_back_placement(
            actor=actor, at=timezone.now(), row=row, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("已撤销。"))
        return back

    heading = _("撤销“%s”") % row.organisation.name
    return act(request, form, heading, take_back, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def target_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an enterprise on the list of the node."""
    actor = person_of(request)
    row = access_node(actor=actor, pk=pk)
    form = forms.TargetForm(request.POST if request.method == "POST" else None)

    def enter() -> str:
        targeting.add_target(actor=actor, at=timezone.now(), node=row, **form.cleaned_data)
        messages.success(request, _("已列入目标名单。"))
        return reverse("chain-node", args=[pk])

    back, crumbs = _way_back(row)
    return act(request, form, _("登记目标企业"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_POST
def target_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an enterprise off the list."""
    actor = person_of(request)
    row = access_target(actor=actor, pk=pk)
    targeting.drop_target(actor=actor, at=timezone.now(), row=row)
    messages.success(request, _("“%s”已移出目标名单。") % row.organisation.name)
    return redirect("chain-node", row.node_id)


@permission_required("investment.edit")
@require_POST
def target_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a lead of a target."""
    actor = person_of(request)
    row = access_target(actor=actor, pk=pk)
    try:
        lead = targeting.make_lead(actor=actor, at=timezone.now(), row=row)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("chain-node", row.node_id)
    messages.success(request, _("已转为线索，请查重并认领。"))
    return redirect("lead", lead.pk)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def project_chain(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which node a project stands."""
    actor = person_of(request)
    row = access_project(actor=actor, pk=pk, to="edit")
    now = reading.position_of(row)
    known = {"node": now.node_id if now else None, "version": row.version}
    data = request.POST if request.method == "POST" else None
    form = forms.PositionForm(data, actor=actor, initial=known)
    late: list[StaleEdit] = []
    page = reverse("project", args=[pk])

    def save() -> str:
        key = form.values["node"]
        node = access_node(actor=actor, pk=key) if key else None
        try:
            services.position_project(
                actor=actor, at=timezone.now(), project=row, node=node, seen=form.seen
            )
        except StaleEdit as stale:
            late.append(stale)
        else:
            messages.success(request, _("产业链节点已更新。"))
        return page

    crumbs = [(reverse("projects"), _("招商项目")), (page, row.name)]
    answer = act(request, form, _("定位到产业链"), save, back_url=page, crumbs=crumbs)
    return changed_meanwhile(request, row) if late else answer


def _way_back(row: ChainNode) -> tuple[str, list[tuple[str, str]]]:
    chain, page = reverse("chain", args=[row.chain_id]), reverse("chain-node", args=[row.pk])
    return page, [(reverse("chains"), _("产业链")), (chain, row.chain.name), (page, row.name)]
