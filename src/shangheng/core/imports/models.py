"""What was imported, row by row, so that it can be taken back; and how people name their columns."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from shangheng.core.accounts.models import OrgUnit


class Batch(models.Model):
    """One file taken into one table. `table` is the code of a registered table.

    `columns` says which title of the file was taken for which column, `fixed` what was set for all
    rows. `result` and `document` name what the table made of it, such as an entry of the ledger and
    the kept file.
    """

    WAITING, DONE, FAILED, UNDONE = "waiting", "done", "failed", "undone"

    table = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=DONE)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    columns = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    with_repeats = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    result = models.CharField(max_length=60, blank=True)
    document = models.PositiveBigIntegerField(null=True)
    trouble = models.TextField(blank=True)
    job = models.PositiveBigIntegerField(null=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_index=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def rows_taken(self) -> int:
        """How many rows were taken in."""
        return self.new + self.changed

    @property
    def is_done(self) -> bool:
        """Whether it stands in the table now."""
        return self.state == self.DONE

    @property
    def troubles(self) -> list[str]:
        """Why it was not taken in, line by line."""
        return self.trouble.splitlines() or [gettext("任务出错或已取消")]

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be taken in."""
        return self.state == self.WAITING


class BatchRow(models.Model):
    """One row of a batch: its number in the sheet and the object that it made or changed.

    `before` and `after` hold the values of an object that was changed; `before` is null for one
    that is new, both are null in a table whose objects never change.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    target = models.PositiveBigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"row {self.number} of batch {self.batch_id}"


class KnownTitle(models.Model):
    """A title that a person has once said the meaning of; an empty `key`: leave it out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "table", "title"], name="imports_title_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.key or '—'}"
