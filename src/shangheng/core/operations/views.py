"""Pages of operation for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.operations.status import status
from shangheng.core.operations.support import bundle


@permission_required("operations.view")
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """How the installation is, part by part."""
    now = timezone.now()
    return render(request, "operations/system.html", {"status": status(now), "now": now})


@permission_required("operations.view")
@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The file for who helps from afar."""
    now = timezone.now()
    content = bundle(actor=person_of(request), at=now)
    name = f"shangheng-support-{timezone.localtime(now):%Y%m%d-%H%M}.zip"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/zip", headers=headers)
