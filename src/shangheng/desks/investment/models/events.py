"""Events: signing rounds, fairs and talks, who took part, what came of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.registry.models import Organisation


class EventKind(models.TextChoices):
    """What an event is."""

    SIGNING = "signing", _("集中签约")
    FAIR = "fair", _("展会")
    TALK = "talk", _("招商推介会")


class Event(models.Model):
    """An event of one or more days; `session` is the 届次 of a fair."""

    kind = models.CharField(_("种类"), max_length=10, choices=EventKind)
    name = models.CharField(_("名称"), max_length=100)
    session = models.CharField(_("届次"), max_length=40, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("承办单位"))
    note = models.CharField(_("说明"), max_length=500, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="investment_event_days",
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Stands(models.Model):
    """An enterprise at a fair: stands it applied for and was allotted (None: not decided)."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="stands", editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("企业")
    )
    hall = models.CharField(_("展区"), max_length=60, blank=True)
    applied = models.PositiveSmallIntegerField(_("申请展位"))
    allotted = models.PositiveSmallIntegerField(_("获批展位"), null=True, blank=True)
    result = models.CharField(_("成效"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "organisation", "hall"],
                name="investment_stands_once",
                violation_error_message=_("这家企业在这个展区已经登记。"),
            ),
            models.CheckConstraint(
                condition=Q(applied__gt=0),
                name="investment_stands_applied",
                violation_error_message=_("申请展位要大于0。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.organisation_id}"


class Outcome(models.TextChoices):
    """What an event did for a project."""

    SIGNED = "signed", _("现场签约")
    INTENT = "intent", _("达成意向")
    MET = "met", _("对接洽谈")


class EventProject(models.Model):
    """A project at an event, and what came of it there."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="results", editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", editable=False)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "project"],
                name="investment_event_project_once",
                violation_error_message=_("这个项目已经登记。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.project_id}"
