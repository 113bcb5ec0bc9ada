"""What a landing forecast has told, kept so that pages need not work it out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Project


class Forecast(models.Model):
    """One landing forecast of all projects, as known at an instant; pages show it once it is `done_at`.

    `seen` counts the facts that it was read from; `scores` is how good past forecasts were.
    """

    known_at = models.DateTimeField(db_index=True)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    ordered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    seen = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-known_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.known_at:%Y-%m-%d}"


class Outlook(models.Model):
    """What a forecast says of one project for one year.

    `start` is the chance that construction starts in that year, `start_month` when it is as likely
    begun as not; both None, with `has_started` or with what is lacking. `paid` is the chance that money comes
    in that year, `paid_month` when the next payment is as likely there as not; `money` what is expected of it (亿元),
    `variance` its variance, `low` to `high` what it comes to if any does, half of it by `due_on`.
    `lacking` names by `start` and `paid` the stage of which too little is known, how often it was left
    and how many have waited in it as long.
    """

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="outlooks")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=40)
    waited = models.PositiveIntegerField()
    has_started = models.BooleanField()
    start = models.FloatField(null=True)
    start_month = models.DateField(null=True)
    paid = models.FloatField(null=True)
    paid_month = models.DateField(null=True)
    due_on = models.DateField(null=True)
    money = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    variance = models.FloatField(null=True)
    low = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    lacking = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forecast", "year", "project"], name="investment_outlook_once"
            ),
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__gte=0, high__gte=models.F("low")),
                name="investment_outlook_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year}"
