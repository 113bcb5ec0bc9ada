"""Contacts of an organisation, entered from its page or from that of one of its projects."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.desks.investment.access import access_project
from shangheng.desks.investment.forms import organisations as forms
from shangheng.desks.investment.selectors.organisations import organisation_url
from shangheng.desks.investment.selectors.projects import project_url
from shangheng.desks.investment.views.acts_on_money import act
from shangheng.desks.investment.views.common import READ_AND_SEND
from shangheng.desks.investment.views.organisations import way_back
from shangheng.engines.registry.access import access_contact, access_organisation
from shangheng.engines.registry.models import Organisation
from shangheng.engines.registry.services import contacts as services
from shangheng.engines.registry.services.organisations import Source


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody to speak to."""
    actor = person_of(request)
    row = access_organisation(actor=actor, pk=pk, to="edit")
    form = forms.ContactForm(request.POST if request.method == "POST" else None)
    back = _way_back(request, row)

    def add() -> str:
        services.add_contact(actor=actor, at=timezone.now(), organisation=row, **_told(form))
        messages.success(request, _("联系人已添加。"))
        return str(back["back_url"])

    return act(request, form, _("添加联系人：%s") % row.name, add, **back)


@permission_required("registry.edit")
@require_http_methods(READ_AND_SEND)
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact that others may be changing as well."""
    actor = person_of(request)
    row = access_contact(actor=actor, pk=pk, to="change")
    data = chosen(request.POST) if request.method == "POST" else None
    form = forms.EditContactForm(data, initial=forms.contact_entered(row))
    back = _way_back(request, row.organisation)
    late: list[StaleEdit] = []

    def change() -> str:
        try:
            services.change_contact(
                actor=actor, at=timezone.now(), contact=row, seen=form.seen, **_told(form)
            )
        except StaleEdit as stale:
            late.append(stale)
        else:
            messages.success(request, _("已保存。"))
        return str(back["back_url"])

    answer = act(request, form, _("修改联系人"), change, **back)
    if not late:
        return answer
    about = acts_on(f"registry.organisation:{row.organisation_id}")
    context = {
        "conflict": conflict_of(form, forms.contact_entered(late[0].current), acts=about),
        "heading": _("修改联系人"),
        "back_url": back["back_url"],
    }
    return render(request, "ui/conflict.html", context, status=409)


@permission_required("registry.edit")
@require_POST
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that somebody is no longer to be spoken to."""
    row = access_contact(actor=person_of(request), pk=pk, to="end")
    services.end_contact(actor=person_of(request), at=timezone.now(), contact=row)
    messages.success(request, _("联系人已停用，可以在单位的页面上恢复。"))
    return redirect(str(_way_back(request, row.organisation)["back_url"]))


@permission_required("registry.edit")
@require_POST
def contact_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an ended contact is to be spoken to again."""
    row = access_contact(actor=person_of(request), pk=pk, to="end")
    services.resume_contact(actor=person_of(request), at=timezone.now(), contact=row)
    messages.success(request, _("联系人已恢复。"))
    return redirect(organisation_url(row.organisation_id))


def _told(form: Any) -> dict[str, Any]:
    """What was entered, as the services take it."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    told["source"] = Source(told["source"], told.pop("as_of"))
    return told


def _way_back(request: HttpRequest, row: Organisation) -> dict[str, object]:
    """To the project that one came from, else to the organisation."""
    key = request.GET.get("project", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return way_back(row)
    project = access_project(actor=person_of(request), pk=int(key))
    page = project_url(project.pk)
    return {
        "back_url": page,
        "crumbs": [(reverse("projects"), _("招商项目")), (page, project.name)],
    }
