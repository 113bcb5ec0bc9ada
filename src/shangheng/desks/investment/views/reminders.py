"""What waits for the person who is logged in."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.investment.selectors.reminders import rule_on
from shangheng.desks.investment.selectors.waiting import lines_for

PAGE = 50


@permission_required("investment.view")
@require_safe
def reminder_list(request: HttpRequest) -> HttpResponse:
    """What one is to do, as it stands now, of every kind or of one: what is done is not on it."""
    at, chosen = timezone.now(), request.GET.get("kind", "")
    lines = lines_for(person_of(request), at)
    counts = Counter((line.kind, line.kind_name) for line in lines)
    found = [line for line in lines if chosen in {"", line.kind}]
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "kinds": [(code, name, n) for (code, name), n in counts.items()],
        "chosen": chosen,
        "all": len(lines),
        "rule": rule_on(timezone.localdate(at)),
    }
    return render(request, "investment/reminders.html", context)
