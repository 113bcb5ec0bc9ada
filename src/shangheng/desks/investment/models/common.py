"""What leads and projects share: a case that says where they stand and whose they are."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.engines.cases.models import Case

PERSON = settings.AUTH_USER_MODEL
IN_RANGE = Q(longitude=None, latitude=None) | Q(
    longitude__isnull=False,
    longitude__gte=-180,
    longitude__lte=180,
    latitude__isnull=False,
    latitude__gte=-90,
    latitude__lte=90,
)
"""A place in degrees of WGS-84, or none: never half of one, of which a check alone would be unsure."""
BOTH = _("经度和纬度要一起填写，单位是度。")


class Handled(models.Model):
    """Something that a case takes through its stages.

    Stage, owner, unit and deadline stand in the case alone. `version` counts the edits of what is
    entered here; the case counts its own.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("事项")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("登记时间"), editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-pk"]

    @property
    def matter(self) -> Case:
        """Its case, which is opened in the transaction that enters it."""
        if self.case is None:
            raise Case.DoesNotExist(f"{self._meta.label} {self.pk} has no case")
        return self.case
