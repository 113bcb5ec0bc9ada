"""What the investor and the district promised each other, and what was done of it."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.domain.commitments import Review, Side
from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.evidence.models import Document

SIDES = [(Side.INVESTOR.value, _("投资方")), (Side.DISTRICT.value, _("区里"))]
REVIEWS = [
    (Review.NOT_NEEDED.value, _("不涉及")),
    (Review.PENDING.value, _("未审查")),
    (Review.PASSED.value, _("通过")),
    (Review.CHANGED.value, _("修改后通过")),
    (Review.FAILED.value, _("不通过")),
]


class PromiseKind(models.TextChoices):
    """What was promised."""

    INVESTMENT = "investment", _("投资额")
    TAX = "tax", _("税收")
    JOBS = "jobs", _("就业")
    DATE = "date", _("节点")
    LAND = "land", _("用地")
    SUPPORT = "support", _("扶持资金")
    OTHER = "other", _("其他")


class PromiseUnit(models.TextChoices):
    """In what it is counted."""

    YI = "亿元", _("亿元")  # zh-data: a unit of measure
    WAN = "万元", _("万元")  # zh-data: a unit of measure
    PEOPLE = "人", _("人")  # zh-data: a unit of measure
    MU = "亩", _("亩")  # zh-data: a unit of measure


class Commitment(models.Model):
    """One clause: who promised what by when. `amount` is in `unit`; without one it is kept or not.

    `review` is the outcome of its fair-competition review; nothing is granted under a clause that
    needs one and has none.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", editable=False)
    side = models.CharField(_("承诺方"), max_length=10, choices=SIDES)
    kind = models.CharField(_("事项"), max_length=12, choices=PromiseKind)
    text = models.CharField(_("条款内容"), max_length=500)
    amount = models.DecimalField(
        _("承诺数"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    unit = models.CharField(_("单位"), max_length=6, choices=PromiseUnit, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    review = models.CharField(
        _("公平竞争审查"),
        max_length=12,
        choices=REVIEWS,
        default=Review.PENDING.value,
        editable=False,
    )
    reviewed_on = models.DateField(null=True, editable=False)
    review_note = models.CharField(max_length=300, blank=True, editable=False)
    review_document = models.ForeignKey(
        Document, models.PROTECT, null=True, editable=False, related_name="+"
    )
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_why = models.CharField(max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="investment_promise_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount=None, unit="") | Q(amount__gt=0) & ~Q(unit=""),
                name="investment_promise_amount",
                violation_error_message=_("承诺数和单位要一起填写，承诺数大于0。"),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def plain_amount(self) -> Decimal | None:
        """The number promised without the zeros that its column adds."""
        return None if self.amount is None else self.amount.normalize()


class Progress(models.Model):
    """What was done of a commitment on a day: so much more, or (`done`) all of it. Append-only."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="progress")
    done_on = models.DateField(_("日期"))
    amount = models.DecimalField(
        _("本次完成数"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    done = models.BooleanField(_("已全部履行"), default=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.done_on}"
