"""Tables of the ledger. Postings and recognition steps are append-only in the database itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from shangheng.core.accounts.models import OrgUnit
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.line import SUBJECT_LENGTH
from shangheng.engines.ledger.domain.status import Status

SOURCE_LENGTH, NOTE_LENGTH = 300, 500
STATUSES = [(status.value, status.word) for status in Status]  # no reader yet: in Chinese


class Indicator(models.Model):
    """An indicator that has postings; what it means stands in `rules/indicators`."""

    code = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.code


class Series(models.Model):
    """One series of observations: an indicator for a unit, an area and values of dimensions."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="series")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    area = models.CharField(max_length=12)
    dimensions = models.CharField(max_length=500, blank=True)  # canonical: "kind=bond;sector=a"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "area", "unit", "dimensions"], name="ledger_series_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.area}/{self.unit_id}/{self.dimensions}"


class Entry(models.Model):
    """One act on the ledger: who, when, from what source. All that it adds stands or falls together.

    `digest` is over its postings, steps and evidence, and is repeated in the audit trail.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=40)
    source = models.CharField(max_length=SOURCE_LENGTH)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    is_sample = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class Posting(models.Model):
    """One fact: so much, in one series, on a day (valid time), recorded at an instant.

    `amount` is in smallest units of the indicator's unit of measure, `n` is 1, or −1 for the
    reversal of another posting.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    series = models.ForeignKey(Series, models.PROTECT, related_name="postings", db_index=False)
    version = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True)
    amount = models.BigIntegerField()
    n = models.SmallIntegerField(default=1)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(choices=STATUSES)
    is_sample = models.BooleanField(default=False)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )

    class Meta:
        # SQLite counts the missing keys of the unique index as one value that stands in nearly every
        # row; once it was told to ANALYZE, it would rather read the whole table for each row of a join.
        indexes: ClassVar = [
            models.Index(fields=["series", "occurred_on"], name="ledger_posting_series_day"),
            models.Index(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_posting_reversed",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(n=1, reverses=None) | Q(n=-1, reverses__isnull=False),
                name="ledger_posting_reversal",
            )
        ]

    def __str__(self) -> str:
        return f"posting {self.pk}"


class RecognitionStep(models.Model):
    """An amount of a posting moving from one status to another, by whose word and why."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="steps")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="steps")
    origin = models.PositiveSmallIntegerField(choices=STATUSES)
    destination = models.PositiveSmallIntegerField(choices=STATUSES)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    authority = models.CharField(max_length=100)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="ledger_step_moves")
        ]

    def __str__(self) -> str:
        return f"step {self.pk} of posting {self.posting_id}"


class PostingEvidence(models.Model):
    """A voucher that bears out a posting."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "document"], name="ledger_evidence_once")
        ]

    def __str__(self) -> str:
        return f"document {self.document_id} for posting {self.posting_id}"


class Seal(models.Model):
    """The past up to `sealed_at` may be quoted: nothing is recorded at or before it any more.

    `rolled_through` is the last day whose postings stand in the rollups. One row.
    """

    sealed_at = models.DateTimeField()
    rolled_through = models.DateField(null=True)

    def __str__(self) -> str:
        return f"sealed {self.sealed_at}"


class Rollup(models.Model):
    """Sums of flows by month of occurrence and by the day (or whole month) when they were recorded.

    Nothing but a faster way to read postings and steps: it is rebuilt from them and equal to them.
    `unit` is empty for the sum over all units.
    """

    DAY, MONTH = "D", "M"

    grain = models.CharField(max_length=1)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=12)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+", db_index=False)
    month = models.DateField()
    known_on = models.DateField()
    status = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    postings = models.IntegerField()
    samples = models.IntegerField()
    reversals = models.IntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["area", "unit", "grain", "indicator", "known_on", "month"],
                name="ledger_rollup_lookup",
            )
        ]

    def __str__(self) -> str:
        return f"rollup {self.pk}"


class Standing(models.Model):
    """A posting that counts has an amount in a status now; one in two statuses has two rows.

    Nothing but a faster way to find them: rebuilt from postings and steps, and equal to them.
    """

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="standings")
    series = models.ForeignKey(Series, models.CASCADE, related_name="+", db_index=False)
    status = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "series"], name="ledger_standing_series")
        ]

    def __str__(self) -> str:
        return f"posting {self.posting_id} in {self.status}"


class TargetSheet(models.Model):
    """The targets of one year, in one version; signing freezes it."""

    DRAFT, SIGNED = "draft", "signed"

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=DRAFT)
    source = models.CharField(max_length=300)
    is_sample = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "number"], name="ledger_sheet_version")
        ]

    def __str__(self) -> str:
        return f"{self.year} v{self.number}"


class Target(models.Model):
    """What is to be reached: one tier of one indicator, and the base that it was computed from.

    `month` is the last month of a cumulative plan (12: the year). `base` is remembered as it stood
    when the target was set, so that it shows when the ledger has since moved away from it.
    """

    sheet = models.ForeignKey(TargetSheet, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    area = models.CharField(max_length=12)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    tier = models.CharField(max_length=20)
    month = models.PositiveSmallIntegerField(default=12)
    amount = models.BigIntegerField()
    growth = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    base_amount = models.BigIntegerField(null=True, blank=True)
    base_period = models.CharField(max_length=20, blank=True)
    base_known_at = models.DateTimeField(null=True, blank=True)
    base_source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "indicator", "area", "unit", "tier", "month"],
                name="ledger_target_once",
            ),
            models.UniqueConstraint(
                fields=["sheet", "indicator", "area", "tier", "month"],
                condition=Q(unit=None),
                name="ledger_target_once_for_all_units",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.indicator_id} {self.sheet_id}"


class PublishedFigure(models.Model):
    """What a document states about an indicator, word for word: held against the ledger, not summed."""

    VALUE, GROWTH, SHARE, RANK, TARGET = "value", "growth", "share", "rank", "target"

    label = models.CharField(max_length=40)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    area = models.CharField(max_length=12)
    period = models.CharField(max_length=20)
    measure = models.CharField(max_length=10)
    tier = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=40)
    unit_of_measure = models.CharField(max_length=20)
    source = models.CharField(max_length=300)
    place = models.CharField(max_length=100, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.label} {self.text}{self.unit_of_measure}"
