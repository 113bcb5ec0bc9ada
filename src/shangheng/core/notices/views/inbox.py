"""The inbox of the person who is logged in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.notices import selectors, services
from shangheng.core.notices.access import access_notice
from shangheng.core.notices.forms import InboxForm

PAGE = 50


@signed_in
@require_GET
@vary_on_headers("HX-Request")
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, the latest first."""
    person = person_of(request)
    form = InboxForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = selectors.inbox(
        person, unread=wanted.get("state") == "unread", kind=wanted.get("kind", "")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "unread": selectors.unread_count(person),
        "upto": max((notice.pk for notice in page), default=0),
    }
    part = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"notices/inbox.html{part}", context)


@signed_in
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the thing that a notice is about; one that is about no page is shown itself."""
    found = access_notice(actor=person_of(request), pk=pk)
    services.mark_read(notice=found, at=timezone.now())
    if found.event.url:
        return redirect(found.event.url)
    return render(request, "notices/notice.html", {"notice": found})


@signed_in
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read (read=1) or unread (read=0)."""
    found = access_notice(actor=person_of(request), pk=pk)
    if request.POST.get("read") == "1":
        services.mark_read(notice=found, at=timezone.now())
    else:
        services.mark_unread(notice=found)
    return _back(request)


@signed_in
@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that was on the page, and all before it, as read."""
    upto = request.POST.get("upto", "")
    number = int(upto) if upto.isascii() and upto.isdigit() and len(upto) < 19 else 0
    marked = services.mark_all_read(person=person_of(request), upto=number, at=timezone.now())
    if marked:
        told = ngettext("已把%d条消息标为已读。", "已把%d条消息标为已读。", marked) % marked
        messages.success(request, told)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of the inbox from which it was sent, with its filters."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if own else "notices")
