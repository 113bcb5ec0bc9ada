"""How the person who is logged in wants to be told."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.accounts.models import User
from shangheng.core.audit.conflicts import conflict_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.notices import mail
from shangheng.core.notices import settings as services
from shangheng.core.notices.forms import ChoicesForm, PreferenceForm
from shangheng.core.notices.selectors import choices_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: HttpRequest) -> HttpResponse:
    """Address, language, hours and cap; and, below, each kind's way."""
    person = person_of(request)
    data = chosen(request.POST) if request.method == "POST" else None
    form = PreferenceForm(data, initial=services.initial(person))
    if data is not None and form.is_valid():
        try:
            services.set_preference(actor=person, at=timezone.now(), seen=form.seen, **form.values)
        except StaleEdit:
            return _conflict(request, form, person)
        messages.success(request, _("已保存。"))
        return redirect("notice_settings")
    return _page(request, person, form, ChoicesForm(choices_of(person)))


@signed_in
@require_POST
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Keep what one wants of each kind."""
    person = person_of(request)
    form = ChoicesForm(choices_of(person), request.POST)
    if form.is_valid():
        services.choose(actor=person, at=timezone.now(), choices=form.chosen)
        messages.success(request, _("已保存。"))
        return redirect("notice_settings")
    return _page(request, person, PreferenceForm(initial=services.initial(person)), form)


def _page(
    request: HttpRequest, person: User, form: PreferenceForm, choices: ChoicesForm
) -> HttpResponse:
    context = {
        "form": form,
        "choices": choices,
        "mail": mail.is_set_up(),
        "quiet_hours": settings.QUIET_HOURS,
        "digest_at": settings.DIGEST_AT,
        "cap": settings.MAIL_CAP,
    }
    status = 422 if form.errors or choices.errors else 200
    return render(request, "notices/settings.html", context, status=status)


def _conflict(request: HttpRequest, form: PreferenceForm, person: User) -> HttpResponse:
    context = {
        "conflict": conflict_of(
            form, services.initial(person), target=services.target_of(person), not_by=person.pk
        ),
        "heading": _("消息设置"),
        "back_url": reverse("notice_settings"),
    }
    return render(request, "ui/conflict.html", context, status=409)
