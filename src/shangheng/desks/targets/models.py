"""Tables of the targets desk: what belongs to a target sheet beside its targets."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from shangheng.engines.ledger.models import Indicator, TargetSheet


class GrowthPoint(models.Model):
    """A posting to come that a sheet counts on (增长点): what, by when, how much, how likely.

    Amounts are whole numbers of the smallest unit of the indicator, `probability` is in percent.
    `origin` names what it was taken up from (`engines/ledger/expectations`); None where it was typed.
    Once the sheet is signed the database refuses to change it.
    """

    sheet = models.ForeignKey(TargetSheet, models.PROTECT, related_name="growth_points")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    due_on = models.DateField()
    low_amount = models.BigIntegerField()
    high_amount = models.BigIntegerField()
    probability = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=100, null=True, editable=False)  # noqa: DJ001 - see above
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(low_amount__gt=0, high_amount__gte=F("low_amount")),
                name="targets_point_low_to_high",
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=100),
                name="targets_point_probability",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AcceptedBase(models.Model):
    """Why a sheet was signed although the base of an indicator's targets had moved.

    `told` is the arithmetic as the signer saw it. Once the sheet is signed the database refuses to
    change it.
    """

    sheet = models.ForeignKey(TargetSheet, models.PROTECT, related_name="accepted_bases")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    told = models.TextField()
    reason = models.CharField(max_length=500)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "indicator"], name="targets_base_accepted_once"
            )
        ]

    def __str__(self) -> str:
        return f"accepted base {self.pk}"
