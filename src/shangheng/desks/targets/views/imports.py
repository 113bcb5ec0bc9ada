"""Excel import: the template, the upload, its preview, and, confirmed, all rows or none."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.exchange.files import MEDIA, File
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.ui.downloads import attachment
from shangheng.desks.targets.access import units_for
from shangheng.desks.targets.forms.imports import ConfirmForm, TemplateForm, UploadForm
from shangheng.desks.targets.services import held as holding
from shangheng.desks.targets.services import import_table, imports
from shangheng.desks.targets.views.common import PAGE, refused, sent
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger import catalogue

GET_POST = ["GET", "HEAD", "POST"]


@permission_required("targets.import")
@require_http_methods(GET_POST)
def posting_import(request: HttpRequest) -> HttpResponse:
    """Where a template is had and a filled one is handed in."""
    form = UploadForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        token = holding.hold(file.read(), file.name, person_of(request))
        return redirect(f"{reverse('posting-import-preview')}?{urlencode({'file': token})}")
    context = {"form": form, "template_form": TemplateForm()}
    return refused(request, "targets/import_start.html", context, wrong=form.is_bound)


@permission_required("targets.import")
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The template for the chosen indicators."""
    chosen = set(request.GET.getlist("indicator"))
    named = [i for i in catalogue.indicators().values() if i.code in chosen]
    indicators = named or import_table.postable()
    units = list(units_for(person_of(request), "import"))
    content = import_table.blank(indicators, units)
    return attachment(File(_("填报模板.xlsx"), MEDIA["xlsx"], content))


@permission_required("targets.import")
@require_http_methods(GET_POST)
def import_preview(request: HttpRequest) -> HttpResponse:
    """What the file would do; sent, it does it."""
    actor, now = person_of(request), timezone.now()
    try:
        held = holding.take(request.GET.get("file", ""), actor)
    except holding.HeldLost as error:
        messages.warning(request, str(error))
        return redirect("posting-import")
    found = imports.preview(held.content, held.name, actor, at=now)
    form = ConfirmForm(*sent(request), has_duplicates=bool(found.duplicates))
    if request.method == "POST" and form.is_valid():
        try:
            entry = imports.commit(
                held.content,
                held.name,
                actor,
                at=now,
                source=form.cleaned_data["source"],
                note=form.cleaned_data["note"],
                with_duplicates=form.cleaned_data.get("duplicates") == "post",
            )
        except imports.ImportRefused as error:
            found = error.preview
        except UnacceptableFile as error:
            form.add_error(None, str(error))
        else:
            holding.drop(held, actor)
            count = entry.postings.count()
            messages.success(request, _("已导入%d条记录，原文件作为凭证保存。") % count)
            return redirect(f"{reverse('postings')}?all=1&sort=-recorded")
    context = {
        "form": form,
        "found": found,
        "token": held.token,
        "page": Paginator(found.rows, PAGE).get_page(request.GET.get("page")),
    }
    wrong = request.method == "POST" or not found.ok
    return refused(request, "targets/import_preview.html", context, wrong=wrong)


@permission_required("targets.import")
@require_safe
def import_marked(request: HttpRequest) -> HttpResponse:
    """A copy of a wrong file in which the errors are marked."""
    actor = person_of(request)
    try:
        held = holding.take(request.GET.get("file", ""), actor)
    except holding.HeldLost as error:
        messages.warning(request, str(error))
        return redirect("posting-import")
    found = imports.preview(held.content, held.name, actor, at=timezone.now())
    name = f"{held.name.rpartition('.')[0]}-{_('错误标注')}.xlsx"
    content = marked_copy(held.content, found.errors)
    return attachment(File(name, MEDIA["xlsx"], content))
