"""Long exports of any list are made as jobs: one leaves, and takes the file when it is there.

The job asks the page of the list once more for the file, as the same person, by the same address, as
known at the instant at which it was ordered; so it is the file that the page would have handed out.
"""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import admits, person_of
from shangheng.core.accounts.models import User
from shangheng.core.jobs.registry import Handler
from shangheng.core.jobs.registry import register as register_kind
from shangheng.core.jobs.run import Refused, Run
from shangheng.core.jobs.services import enqueue
from shangheng.core.lists.declaring import AnyListing
from shangheng.core.lists.exporting import Delivery
from shangheng.core.lists.registry import make_long_exports_by
from shangheng.core.ui import moment

KIND = "lists.export"


def order(request: HttpRequest, listing: AnyListing) -> HttpResponse:
    """Have the file made in the background, and show how far it is."""
    job = enqueue(
        actor=person_of(request),
        at=timezone.now(),
        kind=KIND,
        arguments={
            "path": request.path,
            "query": request.GET.urlencode(),
            "now": moment.moment_of(request).now.isoformat(),
        },
        label=_("导出%s") % listing.title,
    )
    return redirect("job", job.pk)


def make(run: Run) -> None:
    """Make the file; that it is handed out and that the job is done are written at one stroke."""
    if run.actor is None:
        raise ValueError("an export is made for a person")
    delivery = Delivery(tell=run.progress)
    request = _asking(run.actor, run.arguments, delivery)
    page = resolve(request.path)
    if not admits(run.actor, getattr(page.func, "permission", "")):
        raise Refused(_("您已没有查看这张表的权限，没有导出。需要的，请向系统管理员申请授权。"))
    page.func(request, *page.args, **page.kwargs)
    if delivery.file is None or delivery.record is None:
        raise Refused(_("这张表已不能导出，请回到列表重新选择。"))
    with run.finishing():
        run.artefact(delivery.file.name, delivery.file.content, delivery.file.media_type)
        delivery.record()


def _asking(actor: User, arguments: dict[str, str], delivery: Delivery) -> HttpRequest:
    """The request for the file, as the person made it then."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = arguments["path"]
    request.GET = QueryDict(arguments["query"])
    request.user = actor
    now = datetime.fromisoformat(arguments["now"])
    request.__dict__[moment.KEPT] = replace(moment.moment_of(request), now=now)
    request.__dict__["delivery"] = delivery
    return request


def register() -> None:
    """Tell the registry of jobs and that of lists."""
    register_kind(Handler(KIND, gettext_lazy("导出列表"), make))
    make_long_exports_by(order)
