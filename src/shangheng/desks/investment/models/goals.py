"""Projects that are counted in structural goals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.ledger.models import Posting


class GoalClaim(models.Model):
    """A project in a class of structural goals, from the day `counts_on`, until it was withdrawn.

    `posting` counts it in its class, `distinct_posting` once among all; how far it is on its way
    through the city is told by the ledger alone.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="goals", editable=False)
    goal = models.CharField(_("类别"), max_length=40, editable=False)
    version = models.PositiveSmallIntegerField(editable=False)
    counts_on = models.DateField(_("计入日期"))
    basis = models.CharField(_("认为符合的事实"), max_length=500, blank=True)
    posting = models.OneToOneField(Posting, models.PROTECT, related_name="goal", editable=False)
    distinct_posting = models.OneToOneField(
        Posting, models.PROTECT, related_name="+", editable=False
    )
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "goal"],
                condition=Q(withdrawn_at=None),
                name="investment_goal_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.goal}"
