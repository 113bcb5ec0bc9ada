"""Acts on the tree of units: each is shown first, and done when exactly that is confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts import units as services
from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.forms.units import ActForm, CloseForm, DatedForm, MergeForm, MoveForm
from shangheng.core.accounts.models import OrgUnit, UnitChange, User
from shangheng.core.accounts.tree.closing import close_unit, merge_units
from shangheng.core.accounts.tree.previewing import Preview, preview
from shangheng.core.accounts.tree.recording import acts_on_tree, hold_tree, tree_version
from shangheng.core.accounts.tree.undoing import undo_change
from shangheng.core.audit.conflicts import acts_since
from shangheng.core.database.edits import StaleEdit

type Do = Callable[..., UnitChange | None]


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act: its form, its service, its words."""

    form: type[ActForm]
    do: Do
    heading: str | Promise
    about: str | Promise
    verb: str | Promise


ACTS: Mapping[str, Act] = {
    "move": Act(
        MoveForm,
        services.move_unit,
        gettext_lazy("移动“%s”"),
        gettext_lazy("连同下属单位一起移到另一个上级之下。"),
        gettext_lazy("确认移动"),
    ),
    "merge": Act(
        MergeForm,
        merge_units,
        gettext_lazy("把“%s”并入别的单位"),
        gettext_lazy(
            "人员、下属单位、未办完的事转到承接单位，本单位停用；"
            "已登记的内容留在本单位名下，承接单位的人看得到。"
        ),
        gettext_lazy("确认并入"),
    ),
    "close": Act(
        CloseForm,
        close_unit,
        gettext_lazy("停用“%s”"),
        gettext_lazy("停用后不再出现在表单里；已登记的内容留在本单位名下。"),
        gettext_lazy("确认停用"),
    ),
    "reopen": Act(
        DatedForm,
        services.reopen_unit,
        gettext_lazy("恢复“%s”"),
        gettext_lazy("恢复后又出现在表单里；承接单位的人不再看得到它名下的内容。"),
        gettext_lazy("确认恢复"),
    ),
}
UNDO = Act(
    ActForm,
    undo_change,
    gettext_lazy("撤销“%s”的最近一次变更"),
    gettext_lazy("恢复到这次变更以前：转走的人员、下属单位和未办完的事都回来。"),
    gettext_lazy("确认撤销"),
)


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def reorganise(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Move, merge, close or reopen a unit. A StaleEdit is told on the page, with a new preview."""
    unit = get_object_or_404(OrgUnit.objects.select_related("parent"), pk=pk)
    return _page(request, unit, ACTS[act], lambda found, **asked: ACTS[act].do(unit=found, **asked))


@permission_required("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last act on a unit back. A StaleEdit is told on the page, with a new preview."""
    changes = UnitChange.objects.select_related("unit", "other", "actor")
    change = get_object_or_404(changes, pk=pk)

    def do(_found: OrgUnit, **asked: Any) -> UnitChange | None:
        return undo_change(change=UnitChange.objects.get(pk=pk), **asked)

    return _page(request, change.unit, UNDO, do, change)


def _page(
    request: HttpRequest, unit: OrgUnit, act: Act, do: Do, change: UnitChange | None = None
) -> HttpResponse:
    """The form; after it was sent what it would change; after that was confirmed, the deed."""
    form = act.form(request.POST or None, initial={"version": tree_version()})
    shown: Preview | None = None
    late, status = [], 200
    if request.method == "POST" and form.is_valid():
        actor, at = person_of(request), timezone.now()
        done = partial(_do, do, actor=actor, at=at, asked=form.asked)
        try:
            if form.is_confirmed:
                _confirmed(done, unit, seen=form.seen)
                messages.success(request, _("已办理。"))
                return redirect("units")
            shown = preview(unit, done, seen=form.seen)
        except StaleEdit:
            late, status = acts_since(acts_on_tree(), form.seen, detailed=True), 409
            form = _again(act.form, request)
            shown = _try(form, unit, done)
        except ValidationError as refusal:
            _refuse(form, refusal)
    if form.errors:
        status = 422
    context = {
        "unit": unit,
        "act": act,
        "heading": act.heading % unit.label,
        "form": form,
        "shown": shown,
        "acts": late,
        "change": change,
        "back_url": reverse("unit", args=[unit.pk]),
    }
    return render(request, "accounts/unit_act.html", context, status=status)


def _do(
    do: Do, unit: OrgUnit, *, actor: User, at: datetime, asked: Mapping[str, Any]
) -> UnitChange | None:
    return do(unit, actor=actor, at=at, **asked)


@transaction.atomic
def _confirmed(done: Do, unit: OrgUnit, *, seen: int) -> None:
    """Do what was shown, on the tree that it was shown for. Raises StaleEdit, ValidationError."""
    hold_tree(seen=seen)
    done(OrgUnit.objects.get(pk=unit.pk))


def _again(form: type[ActForm], request: HttpRequest) -> ActForm:
    """What was entered, about the tree as it is now."""
    data = request.POST.copy()
    data["version"] = str(tree_version())
    again = form(data)
    again.is_valid()
    return again


def _try(form: ActForm, unit: OrgUnit, done: Do) -> Preview | None:
    """What it would change now; None, with the reason on the form, where it can no longer be done."""
    try:
        return preview(unit, done, seen=None)
    except ValidationError as refusal:
        _refuse(form, refusal)
        return None


def _refuse(form: ActForm, refusal: ValidationError) -> None:
    """Say at its field what is wrong, or above the form for what has no field here."""
    known = hasattr(refusal, "error_dict") and set(refusal.error_dict) <= form.fields.keys()
    form.add_error(None, refusal if known else ValidationError(refusal.messages))
