"""Tables of the briefing desk. Texts, builds and steps are append-only in the database itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.desks.briefing.domain.told import Refused
from shangheng.engines.ledger.domain.period import Period


class State(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("起草")
    CHECKED = "checked", _("已核稿")
    SIGNED = "signed", _("已签发")
    ISSUED = "issued", _("已印发")
    WITHDRAWN = "withdrawn", _("已撤回")
    SUPERSEDED = "superseded", _("已被取代")


class CannotDo(Refused):
    """An act on a report that cannot be done now; the message says why and what to do."""


class StaleText(CannotDo):
    """Somebody else has saved the text since it was opened; `theirs` is what they saved."""

    def __init__(self, message: str, *, theirs: "Draft", **values: object) -> None:
        super().__init__(message, **values)
        self.theirs = theirs


class Report(models.Model):
    """One report: a text about a period that goes from draft to issued.

    `build` is the build that is checked, signed and issued; none while the text has changed since.
    """

    template = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=20)
    area = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    bureau = models.CharField(max_length=100)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    build = models.ForeignKey(
        "Build", models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "owner"], name="briefing_report_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(build__isnull=False),
                name="briefing_report_needs_build",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """Its period."""
        return Period.parse(self.period)

    @property
    def is_final(self) -> bool:
        """Whether it has been issued, whatever became of it later."""
        return self.state in {State.ISSUED, State.WITHDRAWN, State.SUPERSEDED}


class Draft(models.Model):
    """One version of the text; saving adds one, nothing is overwritten."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="briefing_draft_number")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"


class Build(models.Model):
    """A text with every figure as known at a pinned instant; it never changes."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="builds")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="builds")
    title = models.CharField(max_length=200)
    bureau = models.CharField(max_length=100)
    known_at = models.DateTimeField()
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)
    findings = models.JSONField()
    notes = models.JSONField()

    def __str__(self) -> str:
        return f"build {self.pk} of {self.report_id}"


class BoundFigure(models.Model):
    """What one binding of a build printed: text, numbers with their references and exact values."""

    build = models.ForeignKey(Build, models.PROTECT, related_name="figures")
    place = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    text = models.TextField()
    answer = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "source"], name="briefing_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} = {self.text}"


class Waiver(models.Model):
    """Somebody answers for a finding. It holds for what was found, word for word (`digest`)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="waivers")
    key = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    message = models.TextField()
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "digest"], name="briefing_waiver_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} waived"


class Step(models.Model):
    """One step of a report, by whom, when and why; the record of signing and issuing."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    origin = models.CharField(max_length=12, choices=State)
    destination = models.CharField(max_length=12, choices=State)
    build = models.ForeignKey(Build, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.act} {self.report_id}"


class ClaimsAudit(models.Model):
    """A text whose figures were audited: the text alone is kept, the findings follow from it.

    `structure` tells where its tables stand, `summary` how much was found when it was sent in. An audit of the edited text names the one before it as
    `predecessor`, and the first of them all as `first`: decisions on findings are kept along them.
    """

    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    structure = models.JSONField()
    summary = models.JSONField()
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="claims_audits"
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True, first__isnull=True)
                | Q(predecessor__isnull=False, first__isnull=False),
                name="briefing_claimsaudit_has_first",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Decision(models.TextChoices):
    """What somebody says to a finding of an audit."""

    CONFIRMED = "confirmed", _("属实，要改")
    DISMISSED = "dismissed", _("不是问题")


class ClaimVerdict(models.Model):
    """A decision on one finding, known by its fingerprint; the latest one holds."""

    audit = models.ForeignKey(ClaimsAudit, models.PROTECT, related_name="verdicts")
    fingerprint = models.CharField(max_length=16)
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.CharField(max_length=500, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="confirmed") | ~Q(reason=""),
                name="briefing_claimverdict_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint} {self.decision}"
