"""Pages of handing over: what is open with somebody, the sheet, and what one has taken over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts import handing
from shangheng.core.accounts.access import permission_required, person_of, signed_in
from shangheng.core.accounts.forms.handover import HandoverForm
from shangheng.core.accounts.handover import kinds, open_with
from shangheng.core.accounts.models import Handover, HandoverItem, User
from shangheng.core.accounts.sessions import sessions_of

PAGE = 50


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is open with a person; handing it over and, if they are in use, letting go."""
    giver = get_object_or_404(User.objects.select_related("unit"), pk=pk)
    found = open_with(giver)
    form = HandoverForm(request.POST or None, giver=giver, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = handing.hand_over(
                actor=person_of(request),
                at=timezone.now(),
                giver=giver,
                receivers=form.receivers(),
                closing=form.closing(),
                reason=form.cleaned_data["reason"],
                deactivate=giver.is_active,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已办理交接，正在使用的登录立即失效。"))
            return redirect("handover", sheet.pk)
    context = {
        "person": giver,
        "found": [
            (one, form[f"to_{one.kind.code}"], form.lacking.get(one.kind.code)) for one in found
        ],
        "form": form,
        "is_self": giver.pk == person_of(request).pk,
        "sessions": sessions_of(giver, timezone.now()).count(),
    }
    return render(request, "accounts/leave.html", context, status=422 if form.errors else 200)


@permission_required("accounts.view")
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Every handing over, the latest first."""
    rows = Handover.objects.select_related("giver", "actor").prefetch_related("items__receiver")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/handovers.html", {"page": page})


@signed_in
@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The handover sheet, for printing; for administrators and for those who have received."""
    person = person_of(request)
    rows = Handover.objects.select_related("giver__unit", "actor", "undone_by")
    if not person.has_perm("accounts.view"):
        rows = rows.filter(items__receiver=person).distinct()
    sheet = get_object_or_404(rows, pk=pk)
    items = sheet.items.select_related("receiver__unit")
    context = {"sheet": sheet, "groups": _grouped(list(items))}
    return render(request, "accounts/handover.html", context)


@permission_required("accounts.manage")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a handing over back, as far as things are still where it brought them."""
    sheet = get_object_or_404(Handover, pk=pk)
    try:
        back = handing.undo_hand_over(actor=person_of(request), at=timezone.now(), sheet=sheet)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已撤销交接，%d件回到移交人名下。") % back)
    return redirect("handover", pk)


@signed_in
@require_GET
def taken_over(request: HttpRequest) -> HttpResponse:
    """What the visitor has taken over from others."""
    rows = handing.taken_over(person_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    labels = {kind.code: kind.label for kind in kinds()}
    lines = [(item, labels.get(item.kind, item.kind)) for item in page]
    return render(request, "accounts/taken_over.html", {"page": page, "lines": lines})


@signed_in
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick off one of them."""
    item = get_object_or_404(HandoverItem, pk=pk, receiver=person_of(request))
    handing.settle(actor=person_of(request), at=timezone.now(), item=item)
    messages.success(request, _("已标为办结。"))
    return redirect("taken_over")


def _grouped(items: list[HandoverItem]) -> list[tuple[Any, Any, list[HandoverItem]]]:
    """The items by kind, each with the name of the kind and the words for what nobody took over."""
    known = {kind.code: kind for kind in kinds()}
    groups = []
    for code in dict.fromkeys(item.kind for item in items):
        kind = known.get(code)
        of_kind = [item for item in items if item.kind == code]
        groups.append((kind.label if kind else code, kind.closed if kind else "", of_kind))
    return groups
