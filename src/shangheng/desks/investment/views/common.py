"""What the views of the desk share."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import EditForm
from shangheng.desks.investment.models import Commitment, Event, Lead, Project
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.services.recognition import CannotMove
from shangheng.engines.registry.models import Organisation

READ_AND_SEND = ["GET", "HEAD", "POST"]
REFUSED = (CannotDo, CannotMove, ValidationError, UnacceptableFile, LinesRefused)
"""What a service says against an act, in words for the person who tried it."""


def refuse(form: Form, refusal: Exception) -> None:
    """Show a refusal with the form, by its fields where it names them."""
    if not isinstance(refusal, ValidationError):
        form.add_error(None, str(refusal))
    elif hasattr(refusal, "error_dict"):
        for name, told in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, told)
    else:
        form.add_error(None, refusal)


def page_of(row: Project | Lead | Event | Commitment | Organisation) -> str:
    """The route of its page."""
    return row._meta.model_name or ""


def conflict(
    request: HttpRequest,
    form: EditForm,
    row: Project | Lead | Event | Commitment | Organisation,
    theirs: Mapping[str, Any],
) -> HttpResponse:
    """Both sides of an edit that came too late."""
    acts = acts_on(f"{row._meta.label_lower}:{row.pk}")
    context = {
        "conflict": conflict_of(form, theirs, acts=acts),
        "heading": str(row),
        "back_url": redirect(page_of(row), row.pk).url,
    }
    return render(request, "ui/conflict.html", context, status=409)


def form_page(
    request: HttpRequest,
    form: Form,
    heading: str,
    row: Project | Lead | Organisation | None = None,
    **more: Any,
) -> HttpResponse:
    """A form of the desk on a page of its own."""
    context = {"form": form, "heading": heading, "row": row, **more}
    context["page"] = page_of(row) if row else more["home"]
    return render(request, "investment/form.html", context, status=422 if form.errors else 200)


def changed_meanwhile(request: HttpRequest, row: Project | Lead | Organisation) -> HttpResponse:
    """Nothing was done: the record as others have left it."""
    messages.warning(request, _("您打开之后，别人改过“%s”；请看过现在的内容再办。") % row)
    return redirect(page_of(row), row.pk)
