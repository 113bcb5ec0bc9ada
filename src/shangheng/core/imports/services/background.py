"""Large files are taken in by a job: one may leave, and is told.

The handler may be run again at any moment: the rows, the batch and the mark that the job is done are
one transaction, so a batch is there once and whole, or not at all.
"""

from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.imports import held, registry
from shangheng.core.imports.held import HeldLost, Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotKeep, Table
from shangheng.core.imports.services.commit import ImportRefused, Wish, commit
from shangheng.core.imports.services.passing import take_batch
from shangheng.core.imports.services.preview import read_in
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import Handler, when_finished
from shangheng.core.jobs.registry import register as register_kind
from shangheng.core.jobs.run import Refused, Run
from shangheng.core.jobs.services import enqueue

KIND = "imports.commit"
STEPS = 3
_TOLD = 20  # errors that a batch keeps


@transaction.atomic
def order(*, actor: User, at: datetime, table: Table, upload: Upload, wish: Wish) -> Batch:
    """Have a file taken in by a job; its batch, which waits until then."""
    batch = Batch.objects.create(
        table=table.code,
        state=Batch.WAITING,
        name=upload.name[:200],
        sha256=upload.sha256,
        size=len(upload.content),
        source=wish.source,
        note=wish.note,
        with_repeats=wish.with_repeats,
        unit=actor.unit,
        created_by=actor,
        created_at=at,
    )
    held.keep_for_job(upload, batch.pk)
    job = enqueue(
        actor=actor,
        at=at,
        kind=KIND,
        arguments={"batch": batch.pk, "layout": asdict(upload.layout) if upload.layout else None},
        unique_key=f"{KIND}:{batch.pk}",
        label=_("导入“%s”") % batch.name,
    )
    batch.job = job.pk
    batch.save(update_fields=["job"])
    return batch


def take_in(run: Run) -> None:
    """Take the file of a waiting batch in: all of it, once."""
    batch = Batch.objects.get(pk=run.arguments["batch"])
    if run.actor is None or batch.state in {Batch.DONE, Batch.UNDONE}:
        return
    table, now = registry.table(batch.table), timezone.now()
    wish = Wish(batch.source, batch.note, batch.with_repeats)
    try:
        content = held.content_for_job(batch.pk, batch.sha256)
        upload = Upload(batch.name, content, held.layout_of(run.arguments["layout"]))
        run.progress(0, STEPS, _("读取文件"))
        found = read_in(actor=run.actor, table=table, upload=upload)
        run.progress(1, STEPS, _("核对"))
        with run.finishing():
            commit(
                actor=run.actor,
                at=now,
                table=table,
                upload=upload,
                wish=wish,
                batch=batch,
                found=found,
                tell=lambda: run.progress(2, STEPS, _("写入")),
            )
    except (ImportRefused, CannotKeep, HeldLost, PermissionDenied) as error:
        raise Refused(_refusal(error)) from error
    held.drop_for_job(batch.pk)


def _refusal(error: Exception) -> str:
    if isinstance(error, ImportRefused):
        return "\n".join([str(error), *map(str, error.preview.errors[:_TOLD])])
    return str(error) or _("您已没有导入这张表的权限。")


def settle(job: Job) -> None:
    """Mark the batch of a job that has failed or was cancelled; a later attempt may still do it."""
    if job.kind == KIND and job.state in {State.FAILED, State.CANCELLED}:
        waiting = Batch.objects.filter(pk=job.arguments["batch"], state=Batch.WAITING)
        waiting.update(state=Batch.FAILED, trouble=job.message)


def _page(job: Job) -> str:
    batch = Batch.objects.get(pk=job.arguments["batch"])
    return reverse(f"{registry.table(batch.table).url_name}-batch", args=[batch.pk])


def register() -> None:
    """Tell the registry of jobs."""
    label = gettext_lazy("导入")
    register_kind(Handler(KIND, label, take_in, page=_page, notice="import.done", takes=take_batch))
    when_finished(settle)
