"""Tables of signing in: second factors, and who a person is to another service."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SecondFactor(models.Model):
    """What a person's authenticator app holds (RFC 6238), encrypted; the recovery codes, hashed.

    `last_step` is the time step of the last code that was taken: no code is taken twice.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_factor"
    )
    secret = models.CharField(max_length=300)
    recovery = models.JSONField(default=list)
    last_step = models.BigIntegerField(default=0)
    enrolled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class Identity(models.Model):
    """Who a person is to an identity provider: `subject` there is `user` here, for good."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="signin_subject_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="signin_user_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} of {self.issuer}"
