"""Pages of the jobs: one's own, all of them, one of them, and what comes by itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from shangheng.core.accounts.access import allows, permission_required, person_of, signed_in
from shangheng.core.jobs import services
from shangheng.core.jobs.access import access_artefact, access_job, may_take_files
from shangheng.core.jobs.listings import ALL, MINE
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.selectors import schedule_lines
from shangheng.core.lists.showing import show


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """One's own jobs, the latest first."""
    return show(request, MINE, template="jobs/index.html")


@permission_required("jobs.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def everybody(request: HttpRequest) -> HttpResponse:
    """The jobs of everybody."""
    return show(request, ALL, template="jobs/index.html")


@signed_in
@require_GET
@vary_on_headers("HX-Request")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: how far it is, what it left, why it failed; asks again by itself until it is over."""
    person = person_of(request)
    job = access_job(actor=person, pk=pk)
    manages = allows(person, "jobs.manage")
    context = {
        "job": job,
        "files": list(job.artefacts.all()) if may_take_files(person, job) else [],
        "may_repeat": job.state in {State.FAILED, State.CANCELLED},
        "traceback": job.traceback if manages else "",
        "manages": manages,
    }
    part = "#standing" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"jobs/detail.html{part}", context)


@signed_in
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a job."""
    person = person_of(request)
    job = services.cancel(actor=person, at=timezone.now(), job=access_job(actor=person, pk=pk))
    if job.state == State.CANCELLED:
        messages.success(request, _("已取消，没有执行。"))
    elif job.is_open:
        messages.success(request, _("已要求取消，做完手上这一步就停。"))
    else:
        messages.info(request, _("任务已经结束，没有可取消的。"))
    return redirect("job", pk)


@signed_in
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Run a job once more."""
    person = person_of(request)
    job = services.retry(actor=person, at=timezone.now(), job=access_job(actor=person, pk=pk))
    if job.state == State.WAITING:
        messages.success(request, _("已重新排队。"))
    elif job.is_open:
        messages.info(request, _("任务正在执行，不必重做。"))
    else:
        messages.info(request, _("任务已经做完，不能重做。"))
    return redirect("job", pk)


@signed_in
@require_GET
def artefact(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that a job has left."""
    person = person_of(request)
    found = access_artefact(actor=person, job=access_job(actor=person, pk=pk), pk=file)
    content = services.download(actor=person, at=timezone.now(), artefact=found)
    disposition = content_disposition_header(as_attachment=True, filename=found.name)
    headers = {
        "Content-Disposition": disposition or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=found.media_type, headers=headers)


@permission_required("jobs.manage")
@require_GET
def schedule_list(request: HttpRequest) -> HttpResponse:
    """What comes by itself: when next, and how it went last."""
    lines = schedule_lines(at=timezone.now())
    return render(request, "jobs/schedules.html", {"lines": lines})


@permission_required("jobs.manage")
@require_POST
def schedule_run(request: HttpRequest, code: str) -> HttpResponse:
    """Order the job of a schedule now."""
    try:
        job: Job = services.run_now(actor=person_of(request), at=timezone.now(), code=code)
    except LookupError:
        raise Http404 from None
    return redirect("job", job.pk)
