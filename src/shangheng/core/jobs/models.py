"""Jobs, and the files that they leave."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.core.jobs.registry import known


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


OPEN = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """One piece of work.

    `attempt` counts how often it was taken up and is the fence: whoever holds an older number can
    write nothing any more. `beats` counts the signs of life of the worker that holds it; another
    worker takes it up when the count has stood still for a lease, by its own steady clock. So no
    clock that is set back or goes wrong on one machine frees or locks a job.
    """

    kind = models.CharField(_("种类"), max_length=60)
    label = models.CharField(_("内容"), max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
        verbose_name=_("经办人"),
    )
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    unique_key = models.CharField(max_length=200, blank=True)
    schedule = models.CharField(max_length=60, blank=True)

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(_("次数"), default=0)
    attempts_allowed = models.PositiveIntegerField(default=3)
    beats = models.PositiveBigIntegerField(default=0)
    worker = models.CharField(_("执行者"), max_length=120, blank=True)
    cancel_requested = models.BooleanField(default=False)

    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    message = models.CharField(max_length=1000, blank=True)
    traceback = models.TextField(blank=True)

    created_at = models.DateTimeField(_("提交时间"))
    not_before = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], name="jobs_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["actor", "id"], name="jobs_actor"),
            models.Index(fields=["finished_at"], name="jobs_finished"),
            models.Index(fields=["schedule", "id"], name="jobs_schedule"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"], condition=~Q(unique_key=""), name="job_once_per_key"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_known"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def kind_name(self) -> str:
        """What kind of work it is, in the language of the page."""
        handler = known(self.kind)
        return str(handler.label) if handler else self.kind

    @property
    def title(self) -> str:
        """What it is about."""
        return self.label or self.kind_name

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """How much is done; None while nobody knows how much there is."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)

    @property
    def result_url(self) -> str:
        """Where the result is shown; empty when it has no page or is not there yet."""
        handler = known(self.kind)
        if handler is None or handler.page is None or self.state != State.DONE:
            return ""
        return handler.page(self)


class Artefact(models.Model):
    """A file that a job has left. Its bytes are in the database, so every machine can hand it out."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="artefacts")
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "name"], name="artefact_once_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """A piece of a file; no row is larger than a megabyte."""

    artefact = models.ForeignKey(Artefact, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["artefact", "place"], name="part_once_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.artefact_id}/{self.place}"


class Heartbeat(models.Model):
    """A process that runs jobs, and when it last said that it lives."""

    worker = models.CharField(_("执行者"), max_length=120, unique=True)
    threads = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["worker"]

    def __str__(self) -> str:
        return self.worker
