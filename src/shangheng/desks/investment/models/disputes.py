"""Disputes over who a lead belongs to, and how they were ruled."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.leads import Lead


class Dispute(models.Model):
    """Somebody says that a lead is theirs (争议); somebody else rules, with reasons.

    `upheld`: the lead went to the claimant; None while nobody has ruled.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    claimant = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    grounds = models.CharField(_("理由"), max_length=500)
    raised_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    ruled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruling = models.CharField(_("裁定理由"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "claimant"],
                condition=Q(upheld=None),
                name="investment_dispute_once",
            ),
            models.CheckConstraint(
                condition=Q(upheld=None) | ~Q(ruling=""), name="investment_ruling_reasoned"
            ),
            models.CheckConstraint(
                condition=~Q(claimant=models.F("ruled_by")), name="investment_ruling_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk} over lead {self.lead_id}"
