"""Spaces (载体): parcels, plants and floors that projects may take, and what becomes of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.investment.models.common import BOTH, IN_RANGE, PERSON
from shangheng.desks.investment.models.projects import Project


class SpaceKind(models.TextChoices):
    """What a space is: land is measured in 亩, everything built in 平方米."""

    PARCEL = "parcel", _("地块")
    PLANT = "plant", _("厂房")
    FLOOR = "floor", _("楼层")


class SpaceState(models.TextChoices):
    """What may be had of a space."""

    FREE = "free", _("空置")
    RESERVED = "reserved", _("已预留")
    LET = "let", _("已租")
    SOLD = "sold", _("已售")


class PriceUnit(models.TextChoices):
    """What a price is asked for."""

    PER_MU = "per_mu", _("万元/亩")
    MONTHLY = "monthly", _("元/平方米·月")
    PER_SQM = "per_sqm", _("元/平方米")


class Space(models.Model):
    """A parcel, a plant or a floor.

    `area` is in 亩 for a parcel and in 平方米 for the others, `clear_height` in metres, `floor_load`
    in tonnes per 平方米, `power` in kVA. A price has its unit and the day it was asked; longitude and
    latitude are degrees of WGS-84. Its state stands in its events alone. `version` counts the edits.
    """

    code = models.CharField(_("载体编号"), max_length=40, unique=True)
    name = models.CharField(_("载体名称"), max_length=100)
    kind = models.CharField(_("载体类型"), max_length=10, choices=SpaceKind)
    site = models.CharField(_("所在园区"), max_length=100, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    area = models.DecimalField(_("面积"), max_digits=12, decimal_places=2)
    clear_height = models.DecimalField(
        _("净高"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    floor_load = models.DecimalField(
        _("楼面荷载"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    power = models.DecimalField(
        _("供电容量"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    price = models.DecimalField(_("价格"), max_digits=14, decimal_places=2, null=True, blank=True)
    price_unit = models.CharField(_("计价单位"), max_length=10, choices=PriceUnit, blank=True)
    price_on = models.DateField(_("报价日期"), null=True, blank=True)
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("管理单位"))
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("登记时间"), editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "area"], name="investment_space_kind_area"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""), name="investment_space_named"
            ),
            models.CheckConstraint(
                condition=Q(area__gt=0),
                name="investment_space_area_positive",
                violation_error_message=_("面积要大于0。"),
            ),
            models.CheckConstraint(
                condition=(Q(clear_height=None) | Q(clear_height__gt=0))
                & (Q(floor_load=None) | Q(floor_load__gt=0))
                & (Q(power=None) | Q(power__gt=0)),
                name="investment_space_measures",
                violation_error_message=_("净高、荷载和供电容量要大于0；还不知道的请留空。"),
            ),
            models.CheckConstraint(
                condition=Q(price=None, price_unit="", price_on=None)
                | (Q(price__gt=0, price_on__isnull=False) & ~Q(price_unit="")),
                name="investment_space_price_whole",
                violation_error_message=_("价格、计价单位和报价日期要一起填写，价格大于0。"),
            ),
            models.CheckConstraint(
                condition=IN_RANGE, name="investment_space_point", violation_error_message=BOTH
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpaceEvent(models.Model):
    """What became of a space on a day; the last one that was not undone says how it stands.

    A reservation names its project and holds until `until`, that day included; afterwards the space
    is free again without anybody doing anything.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="events")
    state = models.CharField(_("状态"), max_length=10, choices=SpaceState)
    on = models.DateField(_("日期"))
    until = models.DateField(_("预留到"), null=True, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="spaces",
        verbose_name=_("项目"),
    )  # fmt: skip
    note = models.CharField(_("说明"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    undone_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["space", "-on", "-id"], name="investment_space_event_last"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=SpaceState.RESERVED, until__isnull=False, project__isnull=False)
                | (~Q(state=SpaceState.RESERVED) & Q(until=None)),
                name="investment_space_reservation",
                violation_error_message=_("预留要写明项目和到期日。"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("on")),
                name="investment_space_until_after",
                violation_error_message=_("到期日不能早于预留日期。"),
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="investment_space_event_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.state} {self.on}"


class SpaceNeed(models.Model):
    """What a project asks of a space, beside the areas that stand with the project itself.

    Units are those of `Space`; what is not known is None and is not asked for. `version` counts edits.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="space_need")
    clear_height = models.DecimalField(
        _("净高"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    floor_load = models.DecimalField(
        _("楼面荷载"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    power = models.DecimalField(
        _("供电容量"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    price = models.DecimalField(
        _("可接受价格"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_unit = models.CharField(_("计价单位"), max_length=10, choices=PriceUnit, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(clear_height=None) | Q(clear_height__gt=0))
                & (Q(floor_load=None) | Q(floor_load__gt=0))
                & (Q(power=None) | Q(power__gt=0)),
                name="investment_need_measures",
                violation_error_message=_("净高、荷载和供电容量要大于0；还不知道的请留空。"),
            ),
            models.CheckConstraint(
                condition=Q(price=None, price_unit="") | (Q(price__gt=0) & ~Q(price_unit="")),
                name="investment_need_price_whole",
                violation_error_message=_("可接受价格和计价单位要一起填写，价格大于0。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}"
