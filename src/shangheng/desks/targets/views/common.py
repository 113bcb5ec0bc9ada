"""What the pages of this desk share: a page of a list, a part for htmx, a file to take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import person_of
from shangheng.desks.targets.selectors.documents import vouchers_of
from shangheng.engines.ledger.models import Posting


def sent(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """What was sent with a form, even when that is nothing at all; None for a page that is shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def warn_of_reuse(request: HttpRequest, posting: Posting) -> None:
    """Say which of its vouchers bear out something else already, and where."""
    for voucher in vouchers_of(posting, person_of(request)):
        for use in voucher.others:
            place = {
                "voucher": voucher.document.name,
                "name": use.name,
                "unit": use.posting.series.unit.label,
                "day": use.posting.occurred_on.isoformat(),
            }
            text = _("凭证“%(voucher)s”的内容已经用于%(unit)s%(day)s的“%(name)s”，请核对是否重复。")
            messages.warning(request, text % place)


def page_or_part(
    request: HttpRequest, template: str, part: str, context: dict[str, Any]
) -> HttpResponse:
    """The whole page or, when htmx asks for that target, the part of it."""
    target = request.headers.get("HX-Target", "").rpartition("#")[2]
    response = render(request, f"{template}#{part}" if target == part else template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], *, wrong: bool
) -> HttpResponse:
    """A form: 422 when it was sent and something is wrong."""
    return render(request, template, context, status=422 if wrong else 200)
