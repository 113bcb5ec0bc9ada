"""The inbox of the person who is logged in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.lists.showing import show
from shangheng.core.notices import selectors, services
from shangheng.core.notices.access import access_notice
from shangheng.core.notices.listings.inbox import INBOX


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, the latest first."""
    found = selectors.inbox(person_of(request))
    newest = found.values_list("pk", flat=True).order_by("-pk").first()
    context = {"unread": selectors.unread_count(person_of(request)), "upto": newest}
    return show(request, INBOX, template="notices/inbox.html", context=context)


@signed_in
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the thing that a notice is about; one that is about no page is shown itself."""
    found = access_notice(actor=person_of(request), pk=pk)
    services.mark_read(notices=[found], at=timezone.now())
    if found.event.url:
        return redirect(found.event.url)
    return render(request, "notices/notice.html", {"notice": found})


@signed_in
@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that was there when the page was made as read; what came since stays unread."""
    upto = request.POST.get("upto", "")
    number = int(upto) if upto.isascii() and upto.isdigit() and len(upto) < 19 else 0
    marked = services.mark_all_read(person=person_of(request), upto=number, at=timezone.now())
    if marked:
        told = ngettext("已把%d条消息标为已读。", "已把%d条消息标为已读。", marked) % marked
        messages.success(request, told)
    return redirect("notices")
