"""Showing a list: the one call of a view."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows, person_of
from shangheng.core.exchange.files import MEDIA
from shangheng.core.lists import registry
from shangheng.core.lists.bulk import perform
from shangheng.core.lists.declaring import Empty, Listing
from shangheng.core.lists.exporting import Delivery, make_file, record_export
from shangheng.core.lists.forms import QuickSelect
from shangheng.core.lists.models import SavedView
from shangheng.core.lists.selectors import Kept
from shangheng.core.lists.state import EVERYTHING, is_plain
from shangheng.core.lists.table import Table
from shangheng.core.ui.downloads import attachment
from shangheng.core.ui.moment import moment_of

PART = "rows"  # the id of what htmx asks for
ANEW = "X-List-Anew"  # asked for once more by a page with something moving: no step in its history


def show(
    request: HttpRequest,
    listing: Listing[Any, Any],
    *,
    template: str = "lists/page.html",
    rows: str = "lists/rows.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A list as a page or, when htmx asks for it, its rows alone; a file; a bulk act.

    `template` extends `lists/page.html`; `context` is for what it adds. `rows` is the part that filters
    change: the table, or another drawing of what was found.
    """
    if request.method == "POST":
        return perform(request, listing)
    kept = Kept(person_of(request), listing.code)
    if elsewhere := _view_to_open(request, kept):
        return redirect(elsewhere)
    table = Table(request, listing)
    if form := request.GET.get("export"):
        return _file(request, table, form)
    part = request.headers.get("HX-Target", "").rpartition("#")[2] == PART
    every = {
        **(context or {}),
        "rows_template": rows,
        "listing": listing,
        "table": table,
        "filter_form": _form(table),
        "views": _Views(table, kept),
        "empty": _empty(table),
    }
    response = render(request, rows if part else template, every)
    if part and ANEW not in request.headers:
        response["HX-Push-Url"] = table.url + table.address()
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _file(request: HttpRequest, table: Table[Any, Any], form: str) -> HttpResponse:
    if form not in MEDIA:
        raise Http404
    listing, asked, now = table.listing, table.asked, timezone.now()
    if not table.may_export:
        raise PermissionDenied
    delivery: Delivery | None = request.__dict__.get("delivery")
    order = registry.long_exports()
    if delivery is None and order and table.found.count() > settings.EXPORT_ROWS_AT_ONCE:
        return order(request, listing)
    columns = listing.columns if request.GET.get("every") == "1" else table.columns
    told = table.told()
    file = make_file(
        actor=asked.actor,
        at=now,
        listing=listing,
        rows=table.found,
        columns=columns,
        asked=asked,
        form=form,
        told=told,
        tell=delivery.tell if delivery else lambda _done, _total: None,
    )
    note = partial(
        record_export,
        actor=asked.actor,
        at=now,
        listing=listing,
        file=file,
        columns=columns,
        asked=asked,
        told=told,
    )
    if delivery is not None:
        delivery.file, delivery.record = file, note
        return HttpResponse(status=204)
    with transaction.atomic():
        note()
    return attachment(file)


def _view_to_open(request: HttpRequest, kept: Kept) -> str:
    """The address of the view that a plain address stands for; "" where it stands for itself."""
    wanted = request.GET.get("view", "")
    if not is_plain(request.GET) or wanted == EVERYTHING:
        return ""
    view: SavedView | None
    if wanted:
        view = next((one for one in kept.views if str(one.pk) == wanted), None)
        if view is None:
            messages.warning(request, _("这个视图已经删除或不再共享，现在显示的是完整列表。"))
            return f"{request.path}?view={EVERYTHING}"
    else:
        view = kept.first
    if view is None or not view.query:
        return ""
    parts = (moment_of(request).query, view.query, f"view={view.pk}", _kept_export(request))
    return request.path + "?" + "&".join(part for part in parts if part)


def _kept_export(request: HttpRequest) -> str:
    form = request.GET.get("export", "")
    return f"export={form}" if form in MEDIA else ""


def _form(table: Table[Any, Any]) -> forms.Form:
    """The filters as a form; what is in force stands in it."""
    form = forms.Form(initial=dict(table.state.values), auto_id="filter-%s")
    for one in table.listing.filters:
        field: forms.Field
        if one.key in table.choices:
            choices = [("", one.every or _("不限")), *table.choices[one.key]]
            field = forms.ChoiceField(
                label=str(one.label), required=False, choices=choices, widget=QuickSelect
            )
        elif one.kind == "day":
            widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            field = forms.DateField(label=str(one.label), required=False, widget=widget)
        elif one.kind == "hidden":
            field = forms.CharField(required=False, widget=forms.HiddenInput)
        else:
            search = forms.TextInput({"type": "search", "placeholder": one.hint, "maxlength": 100})
            field = forms.CharField(label=str(one.label), required=False, widget=search)
        form.fields[one.key] = field
    return form


def _empty(table: Table[Any, Any]) -> dict[str, Any]:
    """What is said where nothing is shown: nothing there is, or nothing fits."""
    if table.count:
        return {}
    chosen: Empty | None = table.listing.none if table.whole else table.listing.empty
    if chosen is None:
        chosen = Empty(_("没有符合条件的记录"), _("换一个时期，或取消上面的筛选。"))
    may = not chosen.permission or allows(table.asked.actor, chosen.permission)
    return {
        "title": chosen.title,
        "about": chosen.about if may else chosen.waits or chosen.about,
        "url": chosen.url if may else "",
        "action": chosen.action,
    }


class _Views:
    """The saved views of a list for its menu; read when the menu is drawn."""

    def __init__(self, table: Table[Any, Any], kept: Kept) -> None:
        self._table = table
        self._kept = kept
        self.may_share = allows(table.asked.actor, "lists.share")

    @property
    def rows(self) -> list[SavedView]:
        """The own views and those of others, by name."""
        return self._kept.views

    @property
    def own(self) -> list[SavedView]:
        """Those of this person."""
        return [row for row in self.rows if row.owner_id == self._table.asked.actor.pk]

    @property
    def others(self) -> list[SavedView]:
        """Those that others share."""
        return [row for row in self.rows if row.owner_id != self._table.asked.actor.pk]

    @property
    def current(self) -> SavedView | None:
        """The view that this address came from."""
        wanted = self._table.state.view
        return next((row for row in self.rows if str(row.pk) == wanted), None)

    @property
    def is_changed(self) -> bool:
        """Whether what is shown is no longer what the view keeps."""
        current = self.current
        return current is not None and current.query != self._table.state.kept

    @property
    def is_own(self) -> bool:
        """Whether this person may keep a change under it."""
        current = self.current
        return current is not None and current.owner_id == self._table.asked.actor.pk

    @property
    def kept(self) -> str:
        """What a new view would keep."""
        return self._table.state.kept
