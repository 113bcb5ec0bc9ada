"""Pages of the dictionaries: all of them, one with its history, a value."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on, conflict_of, hold, revision_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.dictionaries import importing, selectors, services
from shangheng.core.dictionaries.declaring import (
    Dictionary,
    UnknownDictionary,
    dictionaries,
    dictionary,
)
from shangheng.core.dictionaries.forms import NewValueForm, ValueForm
from shangheng.core.dictionaries.selectors import Value
from shangheng.core.imports.files import File

HISTORY = 50


@dataclass(frozen=True)
class Listed:
    """A dictionary with how many values it offers today, how many of them are the bureau's own."""

    dictionary: Dictionary
    offered: int
    local: int
    renamed: int
    retired: int


@permission_required("dictionaries.view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every dictionary; with `?q=` the values that hold the words."""
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "listed": [_listed(one) for one in dictionaries()],
        "words": words,
        "hits": list(_hits(words)) if words else [],
    }
    return render(request, "dictionaries/index.html", context)


@permission_required("dictionaries.view")
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The values of one dictionary, and who has changed what."""
    declared = _declared(code)
    today = timezone.localdate()
    every = selectors.values(code)
    history = Row.objects.filter(target__startswith=services.target_of(code, ""))
    context = {
        "dictionary": declared,
        "values": [(one, one.offered_on(today)) for one in every],
        "history": history.order_by("-number")[:HISTORY],
    }
    return render(request, "dictionaries/dictionary.html", context)


@permission_required("dictionaries.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a value."""
    declared = _declared(code)
    form = NewValueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = services.add_value(
                actor=person_of(request), at=timezone.now(), of=code, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已增加“%s”，立即可以选用。") % entry.zh)
            return redirect("dictionary", code)
    return _form_page(request, declared, form, None)


@permission_required("dictionaries.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Rename, move or retire a value that others may be changing as well."""
    declared, value = _declared(code), _value(code, key)
    data = chosen(request.POST) if request.method == "POST" else None
    form = ValueForm(data, initial=_known(code, value))
    if data is not None and form.is_valid():
        try:
            with transaction.atomic():
                hold(_acts(code, key), value, seen=form.seen)
                services.change_value(
                    actor=person_of(request), at=timezone.now(), of=code, code=key, **form.values
                )
        except StaleEdit:
            return _conflict(request, form, code, _value(code, key))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("dictionary", code)
    return _form_page(request, declared, form, value)


@permission_required("dictionaries.view")
@require_safe
def excel(request: HttpRequest) -> HttpResponse:
    """Every value of every dictionary as Excel, which can be taken in again."""
    now = timezone.now()
    content = importing.export(actor=person_of(request), at=now)
    stamp = timezone.localtime(now).strftime("%Y%m%d-%H%M")
    return File(f"{_('字典')}-{stamp}.xlsx", content).response()


def _declared(code: str) -> Dictionary:
    try:
        return dictionary(code)
    except UnknownDictionary as error:
        raise Http404 from error


def _value(code: str, key: str) -> Value:
    value = selectors.value(code, key)
    if value is None:
        raise Http404
    return value


def _acts(code: str, key: str) -> QuerySet[Row]:
    return acts_on(services.target_of(code, key))


def _known(code: str, value: Value) -> dict[str, object]:
    """What the form about a value shows first."""
    told = {name: getattr(value, name) for name in ValueForm.base_fields if name != "version"}
    return {**told, "version": revision_of(_acts(code, value.code))}


def _listed(declared: Dictionary) -> Listed:
    today = timezone.localdate()
    every = selectors.values(declared.code)
    offered = [one for one in every if one.offered_on(today)]
    return Listed(
        declared,
        offered=len(offered),
        local=sum(one.built_in is None for one in offered),
        renamed=sum(one.is_renamed for one in every),
        retired=len(every) - len(offered),
    )


def _hits(words: str) -> Iterator[tuple[Dictionary, Value]]:
    wanted = words.casefold()
    for declared in dictionaries():
        for one in selectors.values(declared.code):
            if wanted in f"{one.code} {one.zh} {one.en} {one.note}".casefold():
                yield declared, one


def _conflict(request: HttpRequest, form: ValueForm, code: str, value: Value) -> HttpResponse:
    context = {
        "conflict": conflict_of(form, _known(code, value), acts=_acts(code, value.code)),
        "heading": value.name,
        "back_url": reverse("dictionary", args=[code]),
    }
    return render(request, "ui/conflict.html", context, status=409)


def _form_page(
    request: HttpRequest, declared: Dictionary, form: NewValueForm | ValueForm, value: Value | None
) -> HttpResponse:
    context = {"dictionary": declared, "form": form, "value": value}
    status = 422 if form.errors else 200
    return render(request, "dictionaries/form.html", context, status=status)
