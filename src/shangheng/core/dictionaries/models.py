"""What the administrator has made of the values of a dictionary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One value as this bureau has it: an addition, or a built-in one renamed, moved or retired.

    Never deleted: what was recorded with it keeps its word. Its history is in the audit.
    """

    dictionary = models.CharField(max_length=60)
    code = models.CharField(_("代码"), max_length=60)
    zh = models.CharField(_("名称"), max_length=100)
    en = models.CharField(_("英文名称"), max_length=100, blank=True)
    position = models.PositiveIntegerField(_("排序"))
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)
    note = models.CharField(_("依据或说明"), max_length=300, blank=True)

    class Meta:
        ordering = ["dictionary", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["dictionary", "code"], name="entry_once_in_dictionary")
        ]

    def __str__(self) -> str:
        return f"{self.dictionary}/{self.code}"
