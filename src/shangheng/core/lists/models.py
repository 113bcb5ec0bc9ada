"""Views of lists that people keep: their own, shared ones, and which one opens first for whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 40


class SavedView(models.Model):
    """A way to look at a list under a name. `query` is the part of the address that makes it."""

    listing = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=NAME_LENGTH)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(_("共享"), default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [models.Index(fields=["listing", "owner"], name="lists_view_of_owner")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["listing", "owner", "name"], name="lists_view_name")
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view that a list opens with: for one person, or for everybody of a role."""

    listing = models.CharField(max_length=60)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(role=""), name="lists_default_for_one"
            ),
            models.UniqueConstraint(
                fields=["listing", "person"],
                condition=Q(person__isnull=False),
                name="lists_default_person",
            ),
            models.UniqueConstraint(
                fields=["listing", "role"], condition=~Q(role=""), name="lists_default_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.view_id}"
