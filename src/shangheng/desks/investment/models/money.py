"""Money in place (到资): what arrived by which voucher, what left again, what was sent to the city."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.projects import Currency, Project
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.registry.models import Organisation


class Paid(models.Model):
    """An amount that was paid: in 万 (10^4) of `currency`; `rate` is 人民币 for one of it on `rate_on`."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", editable=False)
    paid_on = models.DateField(_("日期"))
    amount = models.DecimalField(_("金额"), max_digits=18, decimal_places=6)
    currency = models.CharField(_("币种"), max_length=3, choices=Currency, default=Currency.CNY)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(_("登记时间"), editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_why = models.CharField(max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-paid_on", "-pk"]

    @property
    def plain_amount(self) -> Decimal:
        """The amount without the zeros that its column adds."""
        return self.amount.normalize()


class Arrival(Paid):
    """Money of a project that arrived, by one voucher. Never edited: taken back and entered anew.

    `kind` is a code of the dictionary of vouchers, `number_key` its number as it is compared.
    A cumulative voucher states the total since `cumulated_from`; `counted` is what it adds to those
    before it, `counted_cny` that in 亿元, which is what the ledger holds. Where it stands on its way
    through the city is told by the ledger alone. `posting` is None when it adds nothing.
    """

    kind = models.CharField(_("凭证种类"), max_length=40)
    number = models.CharField(_("凭证号"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True, editable=False)
    payer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("付款方"),
    )
    cumulated_from = models.DateField(_("累计起算日"), null=True, blank=True)
    rate = models.DecimalField(_("汇率"), max_digits=14, decimal_places=6, null=True, blank=True)
    rate_on = models.DateField(_("汇率日期"), null=True, blank=True)
    industrial = models.BooleanField(_("投向产业"), default=True)
    counted = models.DecimalField(max_digits=18, decimal_places=6, editable=False)
    counted_cny = models.DecimalField(max_digits=22, decimal_places=10, editable=False)
    doubt_note = models.CharField(_("有疑点仍登记的理由"), max_length=300, blank=True)
    documents = models.ManyToManyField(Document, related_name="+", editable=False)
    posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, related_name="arrival", editable=False
    )
    industrial_posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta(Paid.Meta):
        indexes: ClassVar = [
            models.Index(fields=["project", "paid_on"], name="investment_arrival_project"),
            models.Index(fields=["paid_on", "amount"], name="investment_arrival_payment"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "number_key"],
                condition=~Q(number_key="") & Q(taken_back_at=None),
                name="investment_voucher_once",
                violation_error_message=_("这张凭证已经用过；一张凭证只计一次。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="investment_arrival_positive",
                violation_error_message=_("金额要大于0。"),
            ),
            models.CheckConstraint(
                condition=Q(currency=Currency.CNY, rate=None, rate_on=None)
                | ~Q(currency=Currency.CNY) & Q(rate__gt=0, rate_on__isnull=False),
                name="investment_arrival_rate",
                violation_error_message=_("外币要填汇率和汇率日期，人民币不填。"),
            ),
            models.CheckConstraint(
                condition=Q(counted__gte=0, counted__lte=models.F("amount"), counted_cny__gte=0),
                name="investment_arrival_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount:f} {self.currency}"


class Outflow(Paid):
    """Money of a project that left the company again: it is held against what came."""

    payee = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("收款方")
    )
    purpose = models.CharField(_("用途"), max_length=100)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta(Paid.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="investment_outflow_positive",
                violation_error_message=_("金额要大于0。"),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount:f} {self.currency}"


class Batch(models.Model):
    """What was sent to the city together, for recognition (认定)."""

    name = models.CharField(_("批次名称"), max_length=60)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("报出时间"))
    arrivals = models.ManyToManyField(Arrival, through="BatchItem", related_name="batches")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class BatchItem(models.Model):
    """One arrival in a batch, with what of it was sent, in 亿元; `again` after a rejection."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="items")
    amount = models.DecimalField(max_digits=22, decimal_places=10)
    again = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "arrival"], name="investment_batch_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.arrival_id}"

    @property
    def plain_amount(self) -> Decimal:
        """The amount without the zeros that its column adds."""
        return self.amount.normalize()
