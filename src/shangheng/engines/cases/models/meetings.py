"""Obstacles (堵点), and the meetings (主任办公会) that they are taken to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.engines.cases.models.cases import TEXT, TITLE, Case

PERSON = settings.AUTH_USER_MODEL


class ObstacleKind(models.TextChoices):
    """What stands in the way."""

    LAND = "land", _("用地")
    PLANNING = "planning", _("规划")
    FUNDS = "funds", _("资金")
    POWER = "power", _("供电")
    APPROVAL = "approval", _("审批")
    RELOCATION = "relocation", _("征迁")
    OTHER = "other", _("其他")


class ObstacleState(models.TextChoices):
    """How far an obstacle is from being solved."""

    OPEN = "open", _("协调中")
    ESCALATED = "escalated", _("已提请会议")
    CLOSED = "closed", _("已解决")


class Obstacle(models.Model):
    """Something that holds a case up: whose it is, by when, and what came of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="obstacles")
    kind = models.CharField(_("类别"), max_length=12, choices=ObstacleKind)
    title = models.CharField(_("堵点"), max_length=TITLE)
    detail = models.CharField(_("情况"), max_length=TEXT, blank=True)
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("牵头人"))
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位")
    )
    due_on = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ObstacleState, default=ObstacleState.OPEN)
    raised_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    result = models.CharField(_("结果"), max_length=TEXT, blank=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="cases_obstacle_due"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(result="") & Q(closed_at__isnull=False)),
                name="cases_obstacle_closed_with_result",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """A meeting that decides on obstacles; once it is held, its minutes are frozen."""

    title = models.CharField(_("会议"), max_length=100)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True)
    chair = models.CharField(_("主持人"), max_length=60)
    attending = models.CharField(_("参会人员"), max_length=TEXT, blank=True)
    convened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    convened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"


class AgendaItem(models.Model):
    """An obstacle on the agenda of a meeting, what is asked of it, and what was decided."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    obstacle = models.ForeignKey(Obstacle, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    asks = models.CharField(_("提请事项"), max_length=TEXT)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decision = models.CharField(_("议定事项"), max_length=TEXT, blank=True)
    responsible = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("完成时限"), null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["meeting", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "obstacle"], name="cases_agenda_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.position}"
