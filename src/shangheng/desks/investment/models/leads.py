"""Leads: what somebody has heard of an investor, until it becomes a project or is given up."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.models.common import PERSON, Handled
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.registry.models import Organisation


class Lead(Handled):
    """A lead (线索). `source` is a code of the dictionary `lead_sources`.

    The first talker is who spoke to the investor first, and when. A claim holds until `claim_until`,
    that day included; without one the lead lies in the pool. `expected_investment` is in 亿元.
    """

    title = models.CharField(_("线索名称"), max_length=100)
    source = models.CharField(_("线索来源"), max_length=40)
    referrer = models.CharField(_("推荐人"), max_length=100, blank=True)
    investor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("投资方"),
    )  # fmt: skip
    industry = models.CharField(_("行业"), max_length=5, blank=True)
    expected_investment = models.DecimalField(
        _("意向投资额"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    contact_name = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    content = models.TextField(_("线索内容"), max_length=2000, blank=True)
    first_talker = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("首谈人")
    )
    first_talked_on = models.DateField(_("首谈日期"), null=True, blank=True)
    assessment = models.TextField(_("研判意见"), max_length=1000, blank=True)
    duplicate_note = models.CharField(_("查重结论"), max_length=500, blank=True, editable=False)
    duplicate_checked = models.BooleanField(_("已查重"), default=False, editable=False)
    reply = models.TextField(_("答复内容"), max_length=1000, blank=True)
    claimed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("认领人"),
    )  # fmt: skip
    claim_until = models.DateField(_("认领有效期"), null=True, editable=False)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, editable=False, related_name="leads",
        verbose_name=_("转成的项目"),
    )  # fmt: skip

    class Meta(Handled.Meta):
        indexes: ClassVar = [
            models.Index(fields=["source"], name="investment_lead_source"),
            models.Index(fields=["claim_until"], name="investment_lead_claim"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="investment_lead_titled"),
            models.CheckConstraint(
                condition=Q(expected_investment=None) | Q(expected_investment__gt=0),
                name="investment_lead_amount_positive",
                violation_error_message=_("意向投资额要大于0；还不知道的请留空。"),
            ),
            models.CheckConstraint(
                condition=Q(first_talker=None, first_talked_on=None)
                | Q(first_talker__isnull=False, first_talked_on__isnull=False),
                name="investment_lead_first_talk",
                violation_error_message=_("首谈人和首谈日期要一起填写。"),
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(claim_until__isnull=False),
                name="investment_lead_claim_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_view(self) -> Decimal | None:
        """The investment in view, as it was entered."""
        return trimmed(self.expected_investment)
