"""The documents that bear out facts. Append-only in the database itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from shangheng.core.accounts.models import OrgUnit


class Document(models.Model):
    """One upload of one file. Its bytes are kept once for all uploads with the same content.

    `sha256` in hexadecimal, `size` in bytes, `media_type` as told by the content, `kind` a code of
    `rules/voucher_kinds.yaml` or empty.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
