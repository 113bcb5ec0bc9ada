"""What falls due for the person who is logged in."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.notices.kinds import kind
from shangheng.desks.investment.selectors.reminders import due_reminders, rule_on

PAGE = 50


@permission_required("investment.view")
@require_safe
def reminder_list(request: HttpRequest) -> HttpResponse:
    """What one is reminded of, as it stands now: what is done is not on it."""
    at = timezone.now()
    due = list(due_reminders(at, person_of(request)))
    page = Paginator(due, PAGE).get_page(request.GET.get("page"))
    lines = [(one, one.subject(), kind(one.kind).name) for one in page.object_list]
    context = {"page": page, "lines": lines, "rule": rule_on(timezone.localdate(at))}
    return render(request, "investment/reminders.html", context)
