"""The preview of a large file: how far its job is, what it found, and confirming it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from shangheng.core.accounts.access import person_of
from shangheng.core.imports import held as holding
from shangheng.core.imports import kept
from shangheng.core.imports.held import Held, HeldLost, Upload
from shangheng.core.imports.kept import KeptLines
from shangheng.core.imports.registry import Table
from shangheng.core.imports.services.background import order
from shangheng.core.imports.services.commit import Wish
from shangheng.core.imports.views.answers import addresses, confirm_form, lost, previewed
from shangheng.core.jobs.models import Job, State


def show_large(request: HttpRequest, table: Table, held: Held, job: int) -> HttpResponse:
    """What the file would do, once its job has found out; sent, another job does it."""
    found = kept.seen(job)
    if found is None:
        return _standing(request, table, held, job)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Refresh": "true", "Vary": "HX-Request"})
    form = confirm_form(request, found.repeated, table)
    if request.method == "POST" and found.ok and form.is_valid():
        return ordered(request, table, held, form.wish)
    return previewed(request, table, held.token, form, found, KeptLines(job, found.count))


def _standing(request: HttpRequest, table: Table, held: Held, pk: int) -> HttpResponse:
    """How far the job is; asks again by itself until there is something to show."""
    job = Job.objects.filter(pk=pk, actor=person_of(request)).first()
    if job is None or job.state == State.DONE:  # its result was cleared away meanwhile
        return lost(request, table, HeldLost())
    part = "#standing" if request.headers.get("HX-Request") == "true" else ""
    context = {"table": table, "job": job, "held": held} | addresses(table)
    answer = render(request, f"imports/waiting.html{part}", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def ordered(request: HttpRequest, table: Table, upload: Upload, wish: Wish) -> HttpResponse:
    """A large file is taken in by a job; the page of the job shows how far it is."""
    actor = person_of(request)
    batch = order(actor=actor, at=timezone.now(), table=table, upload=upload, wish=wish)
    holding.drop(upload, actor=actor)
    if isinstance(upload, Held) and upload.job:
        kept.drop(upload.job)
    return redirect("job", batch.job)
