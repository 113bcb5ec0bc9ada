"""Tables of the API: access tokens, answers kept for repeated requests, what was spent of a rate."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.rules import Permission, permissions


class Token(models.Model):
    """An access token (访问令牌): lets a program act for its owner, within `scopes`.

    Only a digest of it is kept. `prefix` is its public beginning, by which people tell tokens apart.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    name = models.CharField(_("名称"), max_length=100)
    prefix = models.CharField(_("开头"), max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("权限"))
    created_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    last_address = models.CharField(_("最近来源地址"), max_length=60, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @property
    def permissions(self) -> list[Permission]:
        """What its scopes allow, in the order of the rules."""
        return [one for code, one in permissions().items() if code in self.scopes]

    def state(self, at: datetime) -> str:
        """One of live, expired, revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "live" if self.expires_at > at else "expired"


class Answer(models.Model):
    """What a request with an idempotency key was answered, until `kept_until`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="api_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.key}"


class Spending(models.Model):
    """How many requests of a minute were given out for one token or one address."""

    who = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    spent = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.who}: {self.spent}"
