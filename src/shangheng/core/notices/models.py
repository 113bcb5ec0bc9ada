"""What happened, whom it was told to, and how each message fared on its way out."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng.core.notices.kinds import Mail, kind_name


class Event(models.Model):
    """Something that people are told of, once: `key` is what makes it the same event.

    `texts` holds subject and body in every language of the platform; `source` is the thing that it
    is about, as the audit writes it (`briefing.report:5`).
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("种类"), max_length=60)
    at = models.DateTimeField(_("时间"))
    actor_name = models.CharField(_("人员"), max_length=200, blank=True)
    texts = models.JSONField()
    url = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="notices_event_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def subject(self) -> str:
        """What happened, in the language of the page."""
        return self.told("subject")

    @property
    def body(self) -> str:
        """More about it, in the language of the page; often nothing."""
        return self.told("body")

    @property
    def kind_name(self) -> str:
        """The name of its kind, in the language of the page."""
        return kind_name(self.kind)

    def told(self, part: str) -> str:
        """`subject` or `body` in the running language, in Chinese where that is not kept."""
        texts: dict[str, dict[str, str]] = self.texts
        language = get_language() or settings.LANGUAGE_CODE
        return texts.get(language, texts[settings.LANGUAGE_CODE])[part]


class Notice(models.Model):
    """An event in the inbox of one person."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="notices_told_once")
        ]
        indexes = [
            models.Index(fields=["receiver", "-id"], name="notices_inbox"),
            models.Index(
                fields=["receiver"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.receiver_id}"


class Quiet(models.TextChoices):
    """Whose quiet hours hold for a person."""

    BUREAU = "bureau", _("按全局的安静时段")
    OWN = "own", _("自己定")
    NONE = "none", _("不要安静时段")


class Preference(models.Model):
    """How one person wants to be told; whoever has no row takes what the bureau has set."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notice_preference"
    )
    email = models.EmailField(_("邮箱"), blank=True)
    language = models.CharField(_("消息的语言"), max_length=10, default=settings.LANGUAGE_CODE)
    quiet = models.CharField(_("安静时段"), max_length=10, choices=Quiet, default=Quiet.BUREAU)
    quiet_from = models.TimeField(_("从"), null=True, blank=True)
    quiet_to = models.TimeField(_("到"), null=True, blank=True)
    digest_at = models.TimeField(_("汇总时间"), null=True, blank=True)
    daily_cap = models.PositiveSmallIntegerField(_("每天最多几封"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(quiet="own") | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="notices_own_quiet_hours_have_bounds",
            )
        ]

    def __str__(self) -> str:
        return f"preference of {self.person_id}"


class Subscription(models.Model):
    """A choice of one person about one kind; without a row the rule of the kind holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notice_subscriptions"
    )
    kind = models.CharField(max_length=60)
    inbox = models.BooleanField(default=True)
    email = models.CharField(max_length=10, choices=Mail)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_one_choice_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class Service(models.TextChoices):
    """What an outlet speaks."""

    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    WEBHOOK = "webhook", _("其他系统（webhook）")


class Outlet(models.Model):
    """A group robot or another system that is told of the kinds chosen for it.

    Address and secret are kept encrypted: whoever has the address of a robot can write to its group.
    """

    name = models.CharField(_("名称"), max_length=100, unique=True)
    service = models.CharField(_("类型"), max_length=10, choices=Service)
    address = models.TextField()
    secret = models.TextField(blank=True)
    kinds = models.JSONField(_("推送哪些消息"))
    language = models.CharField(_("消息的语言"), max_length=10, default=settings.LANGUAGE_CODE)
    is_active = models.BooleanField(_("在用"), default=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """How a message fares."""

    QUEUED = "queued", _("待发")
    FAILED = "failed", _("待重试")
    SENT = "sent", _("已送达")
    GIVEN_UP = "given_up", _("已放弃")


WAITING = (State.QUEUED, State.FAILED)


class Delivery(models.Model):
    """One message on its way to one person by e-mail, or to one outlet.

    `uid` goes with the message and is the same at every attempt, so that a receiver can tell a
    repetition. Whoever sends holds the row until `leased_until`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, related_name="deliveries")
    digest = models.BooleanField(default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    due_at = models.DateTimeField(_("何时发"))
    leased_until = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(_("最近一次"), null=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    WAYS: ClassVar[dict[str, object]] = {"email": _("邮件"), **dict(Service.choices)}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="notices_mailed_once"),
            models.UniqueConstraint(fields=["event", "outlet"], name="notices_pushed_once"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) ^ Q(outlet__isnull=True),
                name="notices_delivery_to_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "failed"]),
                name="notices_delivery_due",
            ),
            models.Index(fields=["receiver", "attempted_at"], name="notices_mail_of_a_day"),
            models.Index(fields=["outlet", "attempted_at"], name="notices_pushes_of_a_minute"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

    @property
    def way(self) -> object:
        """The channel's name, in the language of the page."""
        return self.WAYS[self.outlet.service if self.outlet else "email"]


class Attempt(models.Model):
    """One attempt to deliver: when, and what became of it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("时间"))
    succeeded = models.BooleanField()
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at} {self.succeeded}"
