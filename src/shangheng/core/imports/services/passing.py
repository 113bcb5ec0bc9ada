"""An import that is not yet taken in passes to somebody else with its job: who leaves hands it over."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.imports import held, kept, registry
from shangheng.core.imports.models import Batch
from shangheng.core.jobs.models import Job
from shangheng.methods.wording import parted


def take_batch(job: Job, receiver: User) -> None:
    """The batch that waits for its job is the receiver's. Raises ValidationError."""
    batch = Batch.objects.get(pk=job.arguments["batch"])
    must_import(batch.table, job.title, receiver)
    batch.created_by, batch.unit = receiver, receiver.unit
    batch.save(update_fields=["created_by", "unit"])


def take_preview(job: Job, receiver: User) -> None:
    """The receiver holds the file as well, and sees it as they may. Raises ValidationError."""
    must_import(job.arguments["table"], job.title, receiver)
    if job.actor is not None:
        held.share(job.arguments["sha256"], giver=job.actor, receiver=receiver)


def is_open(job: Job) -> bool:
    """Whether a preview that is done can still be confirmed."""
    sha256 = job.arguments["sha256"]
    return job.actor is not None and kept.is_kept(job.pk) and held.is_held(sha256, actor=job.actor)


def forget(job: Job) -> None:
    """Give a preview up."""
    kept.drop(job.pk)


def must_import(table: str, title: str, receiver: User) -> None:
    """Whoever is handed the import of a table may import it. Raises ValidationError."""
    found = registry.table(table)
    if not allows(receiver, found.permission):
        told = _("“%(job)s”不能交给%(person)s：没有导入%(table)s的权限。")
        words = {"job": title, "person": receiver.display_name, "table": found.label}
        raise ValidationError(parted(told % words))
