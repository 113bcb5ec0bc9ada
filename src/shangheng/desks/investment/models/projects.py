"""Investment projects."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.models.common import BOTH, IN_RANGE, Handled
from shangheng.engines.ledger.models import Posting
from shangheng.engines.registry.models import Organisation


class Kind(models.TextChoices):
    """What a project brings."""

    NEW = "new", _("新引进")
    EXPANSION = "expansion", _("增资扩产")
    UPGRADE = "upgrade", _("技术改造")


class Capital(models.TextChoices):
    """Where its money comes from."""

    DOMESTIC = "domestic", _("内资")
    FOREIGN = "foreign", _("外资")


class Currency(models.TextChoices):
    """The currency of the agreement (ISO 4217)."""

    CNY = "CNY", _("人民币")
    USD = "USD", _("美元")
    EUR = "EUR", _("欧元")
    HKD = "HKD", _("港元")
    JPY = "JPY", _("日元")
    GBP = "GBP", _("英镑")


class Status(models.TextChoices):
    """How a project goes, beside the stage that it has reached."""

    ON_TRACK = "on_track", _("正常推进")
    DELAYED = "delayed", _("滞后")
    DORMANT = "dormant", _("停滞")
    LOST = "lost", _("流失")
    WITHDRAWN = "withdrawn", _("撤回")


class Project(Handled):
    """An investment project (招商项目).

    `agreed_investment` is in 亿 (10^8) of `currency`; `rate` is what one of it is worth in 人民币 on
    `rate_on`. `agreed_cny` is worked out from them in 亿元, rounded half up to 100 yuan; None while
    amount or rate are unknown. `land_area` is in 亩, `space_area` in 平方米; both are what it needs.
    `longitude` and `latitude` are degrees of WGS-84.
    """

    name = models.CharField(_("项目名称"), max_length=100)
    kind = models.CharField(_("项目类型"), max_length=12, choices=Kind, default=Kind.NEW)
    capital = models.CharField(
        _("资金性质"), max_length=12, choices=Capital, default=Capital.DOMESTIC
    )
    investor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("投资方"),
    )  # fmt: skip
    group = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("所属集团"),
    )  # fmt: skip
    company = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("落地企业"),
    )  # fmt: skip
    agreed_investment = models.DecimalField(
        _("协议投资额"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    currency = models.CharField(
        _("币种"), max_length=3, choices=Currency, default=Currency.CNY, blank=True
    )
    rate = models.DecimalField(_("汇率"), max_digits=14, decimal_places=6, null=True, blank=True)
    rate_on = models.DateField(_("汇率日期"), null=True, blank=True)
    agreed_cny = models.DecimalField(
        _("折人民币"), max_digits=20, decimal_places=6, null=True, editable=False
    )
    industry = models.CharField(_("行业"), max_length=5, blank=True)
    chain = models.CharField(_("产业链位置"), max_length=100, blank=True)
    needs_land = models.BooleanField(_("需要供地"), null=True, blank=True)
    land_area = models.DecimalField(
        _("用地面积"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    parcel = models.CharField(_("地块"), max_length=100, blank=True)
    space_area = models.DecimalField(
        _("厂房楼宇面积"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    statistics_code = models.CharField(_("联网直报代码"), max_length=30, blank=True)
    landing_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("落地单位"),
    )  # fmt: skip
    team = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("项目专班"))
    tracked = models.BooleanField(_("列入重点跟踪"), default=True)
    note = models.TextField(_("说明"), max_length=2000, blank=True)
    status = models.CharField(
        _("推进状态"), max_length=10, choices=Status, default=Status.ON_TRACK, editable=False
    )
    status_reason = models.CharField(max_length=500, blank=True, editable=False)
    status_since = models.DateField(null=True, editable=False)
    stage_then = since_then = (
        ""  # what the list of progress writes beside it, of the day it is about
    )

    class Meta(Handled.Meta):
        indexes: ClassVar = [
            models.Index(fields=["status"], name="investment_project_status"),
            models.Index(fields=["agreed_cny"], name="investment_project_amount"),
            models.Index(fields=["industry"], name="investment_project_industry"),
            models.Index(fields=["longitude", "latitude"], name="investment_project_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="investment_project_named"),
            models.CheckConstraint(
                condition=Q(agreed_investment=None) | Q(agreed_investment__gt=0),
                name="investment_project_amount_positive",
                violation_error_message=_("协议投资额要大于0；还没有谈定的请留空。"),
            ),
            models.CheckConstraint(
                condition=Q(rate=None, rate_on=None) | Q(rate__gt=0, rate_on__isnull=False),
                name="investment_project_rate_dated",
                violation_error_message=_("汇率和汇率日期要一起填写，汇率大于0。"),
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ON_TRACK) | ~Q(status_reason=""),
                name="investment_project_status_reason",
            ),
            models.CheckConstraint(
                condition=IN_RANGE, name="investment_project_point", violation_error_message=BOTH
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def agreed(self) -> Decimal | None:
        """The agreed investment in its currency, as it was entered."""
        return trimmed(self.agreed_investment)

    @property
    def in_cny(self) -> Decimal | None:
        """The same in 亿元."""
        return trimmed(self.agreed_cny)

    @property
    def rate_as_entered(self) -> Decimal | None:
        """The rate without noughts at its end."""
        return trimmed(self.rate)

    @property
    def land(self) -> Decimal | None:
        """The land that it needs, in 亩."""
        return trimmed(self.land_area)

    @property
    def floor_space(self) -> Decimal | None:
        """The floor space that it needs, in 平方米."""
        return trimmed(self.space_area)


class Counted(models.Model):
    """What a project has put into the ledger under an indicator, until it was `withdrawn_at`.

    `posting` is None for what the ledger already held from elsewhere when the project was entered:
    it is counted there, and never twice.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="counted")
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    occurred_on = models.DateField()
    posting = models.OneToOneField(Posting, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "indicator"],
                condition=Q(withdrawn_at=None),
                name="investment_counted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
