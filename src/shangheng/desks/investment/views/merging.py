"""Two organisations that are one: chosen, looked at side by side, merged, taken apart again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.investment.forms import organisations as forms
from shangheng.desks.investment.selectors import organisations as reading
from shangheng.desks.investment.services import organisations as services
from shangheng.desks.investment.views.common import READ_AND_SEND, REFUSED, refuse
from shangheng.engines.registry.access import access_merge, access_organisation
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.services.merging import plan, refusals_to_undo

TWO = 2


@permission_required("registry.merge")
@require_http_methods(READ_AND_SEND)
def organisation_merge(request: HttpRequest) -> HttpResponse:
    """Two organisations side by side: what is taken from which, what stands against it; then it is done."""
    actor = person_of(request)
    sent = request.POST if "reason" in request.POST else None
    keys = _keys(request)
    if len(keys) != TWO or "all" in request.POST:
        messages.warning(request, _("请勾选两家单位再合并。"))
        return redirect("organisations")
    if request.method == "POST" and sent is None:  # from the list
        return redirect(_address(*keys))
    kept, gone = (access_organisation(actor=actor, pk=key, to="merge") for key in keys)
    found = plan(kept=kept, gone=gone)
    choices = reading.choices_of(kept, gone, found.differing)
    versions = {"kept_version": kept.version, "gone_version": gone.version}
    form = forms.MergeForm(sent, choices=choices, initial=versions)
    if sent is not None and form.is_valid():
        try:
            services.merge(
                actor=actor,
                at=timezone.now(),
                kept=kept,
                gone=gone,
                reason=form.cleaned_data["reason"],
                take=form.take,
                seen=form.seen,
            )
        except StaleEdit:
            messages.warning(request, _("您打开之后，有人改过其中一家；请看过现在的内容再合并。"))
            return redirect(_address(*keys))
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            told = {"gone": gone.name, "kept": kept.name}
            messages.success(request, _("“%(gone)s”已并入“%(kept)s”。") % told)
            return redirect("organisation", kept.pk)
    context = {
        "form": form,
        "kept": kept,
        "gone": gone,
        "plan": found,
        "choices": [(one, form[f"take-{one.field}"].value() if one.fate == "open" else "")
                    for one in choices],
        "moving": reading.moved_in_words(found.moving),
        "swap": _address(gone.pk, kept.pk),
    }  # fmt: skip
    return render(request, "investment/merge.html", context, status=422 if form.errors else 200)


@permission_required("registry.merge")
@require_http_methods(READ_AND_SEND)
def organisation_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back, and say what came back."""
    row = access_merge(actor=person_of(request), pk=pk)
    told = reading.merged(row)
    form = forms.UnmergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.unmerge(
                actor=person_of(request),
                at=timezone.now(),
                done=row,
                reason=form.cleaned_data["reason"],
            )
        except REFUSED as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _came_back(row.gone, told))
            return redirect("organisation", row.gone_id)
    context = {"form": form, "row": row, "merged": told, "refusals": refusals_to_undo(row)}
    return render(request, "investment/unmerge.html", context, status=422 if form.errors else 200)


def _came_back(row: Organisation, told: reading.Merged) -> str:
    parts = [_("%(what)s%(n)d条") % {"what": what, "n": count} for what, count in told.moved]
    words = {"name": row.name, "what": _("、").join(parts)}
    if not parts:
        return _("“%(name)s”已拆开。") % words
    return _("“%(name)s”已拆开，回到它名下的有：%(what)s。") % words


def _keys(request: HttpRequest) -> list[int]:
    """The organisations that were chosen, the one that stays first."""
    data = request.POST if request.method == "POST" else request.GET
    found = [int(key) for key in data.getlist("row") if key.isascii() and key.isdigit()]
    return list(dict.fromkeys(key for key in found if key < 2**63))


def _address(kept: int, gone: int) -> str:
    return f"{reverse('organisation-merge')}?row={kept}&row={gone}"
