"""The credit ledger: rulings on whose a project is, never changed; and the register of effort."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.models import Posting


class Ruling(models.Model):
    """How a project is shared between units from a day on, until `holds_to` or the next ruling.

    Append-only: another ruling takes its place for the days that it covers, and both stay.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    holds_from = models.DateField(_("起算日期"))
    holds_to = models.DateField(_("截止日期"), null=True, blank=True)
    reason = models.CharField(_("裁定依据"), max_length=500)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    ruled_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(_("裁定时间"), db_index=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holds_to=None) | Q(holds_to__gte=F("holds_from")),
                name="investment_ruling_term",
                violation_error_message=_("截止日期不能早于起算日期。"),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="investment_ruling_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.holds_from}"


class Role(models.TextChoices):
    """What a unit has done for a project."""

    FIRST = "first", _("首谈单位")
    LANDING = "landing", _("落地单位")
    HELP = "help", _("协助单位")


class Share(models.Model):
    """A unit's part in a ruling, in percent."""

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="shares")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ruling", "unit"], name="investment_share_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="investment_share_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.percent:f}%"


class EffortKind(models.TextChoices):
    """What was done to win investment."""

    TRIP = "trip", _("外出考察")
    VISIT = "visit", _("接待来访")
    MEETING = "meeting", _("洽谈会商")
    EVENT = "event", _("招商活动")


class Effort(models.Model):
    """Something a unit did to win investment. A trip counts in the ledger (`posting`).

    Never edited: taken back and entered anew.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=EffortKind)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    done_on = models.DateField(_("日期"))
    title = models.CharField(_("内容"), max_length=100)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    people = models.PositiveSmallIntegerField(_("参加人数"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=500, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("招商项目")
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    posting = models.OneToOneField(Posting, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"))
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_why = models.CharField(max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["-done_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["done_on", "unit"], name="investment_effort_day")]

    def __str__(self) -> str:
        return self.title
