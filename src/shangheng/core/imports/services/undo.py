"""Taking a batch back: all of it or nothing, with every reason why not."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo, Obstacle, Table, Undoing


@transaction.atomic
def undo(*, actor: User, at: datetime, table: Table, batch: Batch, reason: str) -> Batch:
    """Take a batch back. Raises CannotUndo, PermissionDenied."""
    if not allows(actor, table.permission):
        raise PermissionDenied
    if not reason.strip():
        raise CannotUndo([Obstacle(0, _("撤销必须写明原因"))])
    audit.take_turn()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    told = table.undo(_undoing(actor, at, batch, reason.strip()))
    batch.state = Batch.UNDONE
    batch.undone_by, batch.undone_at, batch.undo_reason = actor, at, reason.strip()
    batch.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    audit.record(
        actor=actor,
        act="imports.undo",
        at=at,
        target=f"imports.batch:{batch.pk}",
        label=f"{table.label}：{batch.name}",
        before={"state": Batch.DONE},
        after={"state": Batch.UNDONE, "reason": batch.undo_reason, **told},
    )
    return batch


def _undoing(
    actor: User, at: datetime, batch: Batch, reason: str, *, is_trial: bool = False
) -> Undoing:
    if batch.state != Batch.DONE:
        raise CannotUndo([Obstacle(0, _("这一批没有导入成功，或者已经撤销"))])
    return Undoing(actor, at, batch, list(batch.rows.order_by("number")), reason, is_trial)


def obstacles(*, actor: User, at: datetime, table: Table, batch: Batch) -> tuple[Obstacle, ...]:
    """What would keep a batch from being taken back now; nothing is changed."""
    try:
        with transaction.atomic():
            table.undo(_undoing(actor, at, batch, "", is_trial=True))
    except CannotUndo as error:
        return error.obstacles
    return ()
