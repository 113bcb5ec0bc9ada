"""How the person who is logged in wants to be told."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.accounts.models import User
from shangheng.core.audit.conflicts import acts_on, conflict_of, revision_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import EditForm, StaleEdit, chosen
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
            return _conflict(
                request, form, services.initial(person), acts_on(services.target_of(person))
            )
        messages.success(request, _("已保存。"))
        return redirect("notice_settings")
    return _page(request, person, form, _choices(person))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Keep what one wants of each kind; to look at it, there is the page of all settings."""
    if request.method != "POST":
        return redirect("notice_settings")
    person = person_of(request)
    form = _choices(person, chosen(request.POST))
    if form.is_valid():
        try:
            services.choose(actor=person, at=timezone.now(), choices=form.chosen, seen=form.seen)
        except StaleEdit:
            return _conflict(request, form, _known(person), services.acts_of_choosing(person))
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


def _known(person: User) -> dict[str, object]:
    """What the table of kinds shows first."""
    version = revision_of(services.acts_of_choosing(person))
    return {**ChoicesForm.known(choices_of(person)), "version": version}


def _choices(person: User, data: QueryDict | None = None) -> ChoicesForm:
    version = revision_of(services.acts_of_choosing(person))
    return ChoicesForm(choices_of(person), data, initial={"version": version})


def _conflict(
    request: HttpRequest, form: EditForm, theirs: dict[str, object], acts: QuerySet[Row]
) -> HttpResponse:
    """Only the person has a hand in this: what is laid out comes from another window."""
    person = person_of(request)
    context = {
        "conflict": conflict_of(form, theirs, acts=acts, not_by=person.pk),
        "heading": _("消息设置"),
        "back_url": reverse("notice_settings"),
    }
    return render(request, "ui/conflict.html", context, status=409)
