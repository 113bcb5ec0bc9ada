"""Tables of the case engine. Steps, milestones, evidence and comments are append-only in the database
itself; signatures, pauses and overrides freeze once they are answered or over."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.evidence.models import Document

PERSON = settings.AUTH_USER_MODEL
TITLE, TEXT = 200, 500


class Case(models.Model):
    """Something that goes through a workflow: about one subject, owned by one person.

    What stands here besides the subject is what its steps come to (`history.replay`). `visit` is the
    number of the step that brought it into its stage on `entered_at`. `due_on` is the last day of
    the stage's clock, None without one, while paused, or while the holidays of that year are unknown.
    """

    workflow = models.CharField(max_length=40)
    workflow_version = models.PositiveSmallIntegerField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(_("事项名称"), max_length=TITLE)
    stage = models.CharField(max_length=40)
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("主办人"))
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位")
    )
    visit = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="cases_case_subject"),
            models.Index(fields=["workflow", "stage"], name="cases_case_stage"),
            models.Index(fields=["due_on"], condition=Q(closed=False), name="cases_case_due"),
            models.Index(fields=["owner", "closed"], name="cases_case_owner"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workflow", "subject_type", "subject_id"],
                condition=Q(closed=False),
                name="cases_one_open_case",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Override(models.Model):
    """Somebody asks to pass a gate though something is missing; a second person agrees or not.

    `lacks` says what was missing when it was asked; `seen` is the version of the case then.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="overrides")
    transition = models.CharField(max_length=40)
    occurred_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=TEXT)
    lacks = models.JSONField()
    seen = models.PositiveIntegerField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("decided_by")), name="cases_override_by_two"
            )
        ]

    def __str__(self) -> str:
        return f"override of {self.transition} in case {self.case_id}"


class Step(models.Model):
    """One line of a case's log. `stage`, `owner`, `unit` are as they are after it.

    `detail`: the transition of a move, the kind of a pause. `override`: what let it pass a gate.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=[(act.value, act.value) for act in Act])
    detail = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40)
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=TEXT, blank=True)
    override = models.OneToOneField(
        Override, models.PROTECT, null=True, blank=True, related_name="step"
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_step_number"),
            models.CheckConstraint(
                condition=Q(act=Act.UNDO, undoes__isnull=False)
                | (~Q(act=Act.UNDO) & Q(undoes=None)),
                name="cases_step_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} step {self.number}"


class Pause(models.Model):
    """The clock of a case stands still from `since` until the day before `until`.

    One at a time, by the lock on the case: a partial unique key would freeze the next one out.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"case {self.case_id} paused {self.since}"


class Signing(models.Model):
    """Somebody is asked for their signature while a case is in a stage (会签).

    `added_by` is set when a person who was asked adds another before their own answer (加签).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="signings")
    visit = models.PositiveIntegerField()
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    question = models.CharField(max_length=TEXT)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    added_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="added"
    )
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"signature of {self.person_id} in case {self.case_id}"


class Milestone(models.Model):
    """A stage was reached on a day (`n` = 1), or such a row does not hold (`n` = −1, reversal).

    `step` brought it about: a move, or the return that reversed it. `rank` is the stage's place in
    the order of its workflow.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="milestones")
    stage = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField(db_index=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="milestones")
    n = models.SmallIntegerField(default=1)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["stage", "occurred_on"], name="cases_milestone_day")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(n=1, reverses=None) | Q(n=-1, reverses__isnull=False),
                name="cases_milestone_reversal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.occurred_on}"


class Verification(models.Model):
    """A second person has held a milestone against its evidence. `facts`: the fields then."""

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="verification")
    verifier = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField()
    note = models.CharField(max_length=TEXT, blank=True)

    def __str__(self) -> str:
        return f"milestone {self.milestone_id} verified"


class Exhibit(models.Model):
    """A document that bears out a case, of a kind; or the withdrawal of one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exhibits")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} for case {self.case_id}"


class Comment(models.Model):
    """What somebody says about a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("评论内容"), max_length=4000)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Mention(models.Model):
    """A comment speaks to somebody (@)."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "person"], name="cases_mention_once")
        ]

    def __str__(self) -> str:
        return f"@{self.person_id}"


class Watcher(models.Model):
    """Somebody wants to hear of every step of a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watchers")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_watcher_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} watches {self.case_id}"


class Task(models.Model):
    """Something that one person does for a case by a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField(_("任务名称"), max_length=TITLE)
    assignee = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("承办人"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(_("结果"), max_length=TEXT, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "due_on"], condition=Q(done_at=None), name="cases_task_open"
            )
        ]

    def __str__(self) -> str:
        return self.title
