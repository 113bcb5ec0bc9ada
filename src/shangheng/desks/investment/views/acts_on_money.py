"""A form about something of a project: done, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.services.recognition import CannotMove

REFUSALS = (ValidationError, UnacceptableFile, CannotMove)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent with a form, files as well; None for a page that is shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def act(
    request: HttpRequest, form: Any, heading: str, do: Callable[[], str], **context: Any
) -> HttpResponse:
    """`do` what a form asks for and go where it says; `context` needs `back_url` and `crumbs`."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(do())
        except REFUSALS as refusal:
            _say(form, refusal)
    told = {"form": form, "heading": heading, **context}
    status = 422 if form.errors else 200
    return render(request, "investment/money_form.html", told, status=status)


def _say(form: Any, refusal: Exception) -> None:
    """Put what was refused beside the field that it is about."""
    if not isinstance(refusal, ValidationError):
        form.add_error(None, str(refusal))
        return
    known = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, found in known.items():
        for message in found:
            form.add_error(name if name in form.fields else None, message)
