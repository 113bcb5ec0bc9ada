"""Chains: the list, one of them drawn, entering and changing; their nodes as a list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import EditForm, StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.core.ui.moment import moment_of
from shangheng.desks.investment.access import access_chain, access_node
from shangheng.desks.investment.forms import chains as forms
from shangheng.desks.investment.listings.chains import CHAINS, NODES
from shangheng.desks.investment.models import Chain, ChainNode
from shangheng.desks.investment.selectors.chains import chain_stands, drawing_of, strength_rule
from shangheng.desks.investment.services import chains as services
from shangheng.desks.investment.views.acts_on_money import act
from shangheng.desks.investment.views.common import READ_AND_SEND


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def chain_list(request: HttpRequest) -> HttpResponse:
    """The chains, and what is strong, weak and missing on each."""
    return show(request, CHAINS, template="investment/chains.html")


@permission_required("investment.view")
@require_http_methods(READ_AND_SEND)
def node_list(request: HttpRequest) -> HttpResponse:
    """The nodes of all chains."""
    return show(request, NODES, template="investment/chain_nodes.html")


@permission_required("investment.view")
@require_safe
def chain_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One chain, drawn and as a list, as it stood at the moment of the page."""
    actor = person_of(request)
    row = access_chain(actor=actor, pk=pk)
    at = moment_of(request).known_at
    [stand] = chain_stands(actor, [row], at=at)
    context = {
        "row": row,
        "stand": stand,
        "drawing": drawing_of(stand) if stand.nodes else None,
        "chains_url": reverse("chains"),
        "nodes_url": f"{reverse('chain-nodes')}?chain={pk}",
        "rule": strength_rule(timezone.localdate(at)),
        "may_edit": allows(actor, "investment.edit"),
        "acts": acts_on(f"investment.chain:{pk}").order_by("-number")[:20],
    }
    return render(request, "investment/chain.html", context)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def chain_new(request: HttpRequest) -> HttpResponse:
    """Enter a chain."""
    actor = person_of(request)
    form = forms.ChainForm(request.POST if request.method == "POST" else None)

    def enter() -> str:
        row = services.enter_chain(actor=actor, at=timezone.now(), values=form.cleaned_data)
        messages.success(request, _("“%s”已登记。") % row.name)
        return reverse("chain", args=[row.pk])

    back = reverse("chains")
    crumbs = [(back, _("产业链"))]
    return act(request, form, _("登记产业链"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def chain_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a chain that others may be changing as well."""
    row = access_chain(actor=person_of(request), pk=pk)
    crumbs = [(reverse("chains"), _("产业链")), (reverse("chain", args=[pk]), row.name)]
    return _edit(request, row, forms.EditChainForm, _("修改产业链"), crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def node_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a node of a chain."""
    actor = person_of(request)
    chain = access_chain(actor=actor, pk=pk)
    form = forms.NodeForm(request.POST if request.method == "POST" else None)

    def enter() -> str:
        row = services.enter_node(
            actor=actor, at=timezone.now(), chain=chain, values=form.cleaned_data
        )
        messages.success(request, _("“%s”已登记。") % row.name)
        return reverse("chain", args=[pk])

    back = reverse("chain", args=[pk])
    crumbs = [(reverse("chains"), _("产业链")), (back, chain.name)]
    return act(request, form, _("登记节点"), enter, back_url=back, crumbs=crumbs)


@permission_required("investment.edit")
@require_http_methods(READ_AND_SEND)
def node_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a node that others may be changing as well."""
    row = access_node(actor=person_of(request), pk=pk)
    chain, page = reverse("chain", args=[row.chain_id]), reverse("chain-node", args=[pk])
    crumbs = [(reverse("chains"), _("产业链")), (chain, row.chain.name), (page, row.name)]
    return _edit(request, row, forms.EditNodeForm, _("修改节点"), crumbs)


@permission_required("investment.edit")
@require_POST
def chain_load(request: HttpRequest) -> HttpResponse:
    """Enter the chains that public papers name, those that are not here yet."""
    entered = services.load_chains(actor=person_of(request), at=timezone.now())
    if entered:
        names = _("、").join(row.name for row in entered)
        messages.success(request, _("已载入：%s。环节和上下游未经核实，请对照文件修改。") % names)
    else:
        messages.info(request, _("公开材料里点名的产业链都已在册。"))
    return redirect("chains")


def _edit(
    request: HttpRequest,
    row: Chain | ChainNode,
    form_type: type[EditForm],
    heading: str,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    data = chosen(request.POST) if request.method == "POST" else None
    form = form_type(data, initial=forms.entered(row))
    back = crumbs[-1][0]
    stale: list[Any] = []

    def save() -> str:
        try:
            services.change(
                actor=person_of(request),
                at=timezone.now(),
                row=row,
                values=form.values,
                seen=form.seen,
            )
        except StaleEdit as late:
            stale.append(late.current)
            return back
        messages.success(request, _("已保存。"))
        return back

    answer = act(request, form, heading, save, back_url=back, crumbs=crumbs)
    if not stale:
        return answer
    acts = acts_on(f"investment.{row._meta.model_name}:{row.pk}")
    context = {
        "conflict": conflict_of(form, forms.entered(stale[0]), acts=acts),
        "heading": str(row),
        "back_url": back,
    }
    return render(request, "ui/conflict.html", context, status=409)
