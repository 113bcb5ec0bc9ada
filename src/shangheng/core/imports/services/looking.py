"""The preview of a large file is worked out by a job: the page shows how far it is, then what it found.

The handler writes nothing but the file that keeps what it found, and that at one stroke: it may be run
again at any moment.
"""

from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.imports import held, kept, registry
from shangheng.core.imports.held import HeldLost, Upload
from shangheng.core.imports.lines import Lines, seen
from shangheng.core.imports.registry import Table
from shangheng.core.imports.services import passing
from shangheng.core.imports.services.preview import read_in, weigh
from shangheng.core.jobs.models import Job
from shangheng.core.jobs.registry import Handler, Lingering
from shangheng.core.jobs.registry import register as register_kind
from shangheng.core.jobs.run import Refused, Run
from shangheng.core.jobs.services import enqueue

KIND = "imports.preview"
STEPS = 4


def order_preview(*, actor: User, at: datetime, table: Table, upload: Upload) -> Job:
    """Have a job work out what a held file would do. The file must be held already."""
    return enqueue(
        actor=actor,
        at=at,
        kind=KIND,
        arguments={
            "table": table.code,
            "name": upload.name,
            "sha256": upload.sha256,
            "layout": asdict(upload.layout) if upload.layout else None,
        },
        label=_("预览“%s”") % upload.name[:150],
    )


def look(run: Run) -> None:
    """Work out what the file would do, and keep it for its page."""
    actor, table, now = run.actor, registry.table(run.arguments["table"]), timezone.now()
    if actor is None:
        return
    try:
        upload = held.held_by(
            actor,
            run.arguments["sha256"],
            run.arguments["name"],
            held.layout_of(run.arguments["layout"]),
        )
        run.progress(0, STEPS, _("读取文件"))
        found = read_in(actor=actor, table=table, upload=upload)
        run.progress(1, STEPS, _("核对"))
        found = weigh(
            found,
            actor=actor,
            at=now,
            tell=lambda: run.progress(2, STEPS, _("试着写入，随后撤回")),
        )
    except (HeldLost, PermissionDenied) as error:
        raise Refused(str(error) or _("您已没有导入这张表的权限。")) from error
    run.progress(3, STEPS, _("整理结果"))
    lines = Lines(found)
    marked = b"" if found.ok else marked_copy(upload.content, found.errors)
    kept.keep(run.job.pk, seen(found, lines, at=now), lines, marked)
    run.progress(STEPS, STEPS)


def _page(job: Job) -> str:
    """The page of the preview, for the person whose file it is."""
    if job.actor is None:
        return ""
    table = registry.table(job.arguments["table"])
    token = held.token_for(
        sha256=job.arguments["sha256"],
        name=job.arguments["name"],
        table=table.code,
        actor=job.actor,
        layout=held.layout_of(job.arguments["layout"]),
        job=job.pk,
    )
    return f"{reverse(f'{table.url_name}-preview')}?{urlencode({'file': token})}"


def register() -> None:
    """Tell the registry of jobs."""
    lingering = Lingering(passing.is_open, passing.forget)
    register_kind(
        Handler(
            KIND,
            gettext_lazy("导入预览"),
            look,
            page=_page,
            lingering=lingering,
            takes=passing.take_preview,
        )
    )
