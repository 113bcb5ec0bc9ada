"""People, the units they belong to, and what they may do where."""

import unicodedata
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.devices import device_words
from shangheng.core.accounts.rules import Role, ScopeKind, permissions, roles

unit_code = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("代码只能用小写字母、数字和连字符，例如 swj-zs。")
)
login_name = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]*\Z", _("登录名只能用小写字母、数字、点、下划线和连字符。")
)


class OrgUnit(models.Model):
    """A unit of the bureau (责任单位). `path` is the codes from the root down, each followed by `/`.

    `successor` has taken over from a closed unit; `absorbed` are the keys of all that a unit has so
    taken over, near and far: whoever reaches a unit reaches their records as well.
    """

    code = models.CharField(_("代码"), max_length=30, unique=True, validators=[unit_code])
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级单位"),
    )
    path = models.CharField(max_length=500, db_index=True, editable=False)
    position = models.PositiveIntegerField(_("排序"), default=0)
    is_active = models.BooleanField(_("在用"), default=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承接单位")
    )
    absorbed = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en or self.name if get_language() == "en" else self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 1

    @property
    def indent(self) -> str:
        """Blanks that set the name in by its depth, for lists that show the tree."""
        return "\u3000" * self.depth

    @property
    def reached(self) -> frozenset[int]:
        """The unit and all that it has taken over."""
        return frozenset([self.pk, *self.absorbed])


class UnitChange(models.Model):
    """One act on the tree. What the units were from its day on stands in its states.

    `since` is the day from which it holds, None for a unit that was there before anybody noted it.
    `moved` are the keys of the people (`people`) and of the open things (by kind, `open`) that
    passed to `other`; `audit` and `undone_audit` are the numbers of its rows in the audit.
    """

    class Kind(models.TextChoices):
        """What was done."""

        CREATE = "create", _("增加")
        RENAME = "rename", _("改名或排序")
        MOVE = "move", _("移到别的上级之下")
        MERGE = "merge", _("并入别的单位")
        CLOSE = "close", _("停用")
        REOPEN = "reopen", _("恢复使用")

    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="changes")
    other = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")
    since = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    audit = models.PositiveBigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    undone_audit = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}"


class UnitState(models.Model):
    """What a unit was from the day of a change on, until its next state."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="states")
    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="states")
    since = models.DateField(null=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()
    is_active = models.BooleanField()
    successor = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit_id} from {self.since}"

    @property
    def label(self) -> str:
        """The name of that time, in the language of the page."""
        return self.name_en or self.name if get_language() == "en" else self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by their login name, however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person of that login name. Raises User.DoesNotExist."""
        return self.get(username=User.normal_username(username or ""))


class User(AbstractBaseUser):
    """A person who can log in; deleted only before they ever did: rows that they wrote keep their name."""

    username = models.CharField(_("登录名"), max_length=60, unique=True, validators=[login_name])
    display_name = models.CharField(_("姓名"), max_length=100)
    unit = models.ForeignKey(
        OrgUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("所在单位"),
    )
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=True)
    password_changed_at = models.DateTimeField(_("密码修改时间"), default=timezone.now)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)

    scopes: frozenset[str] | None = None
    """What an access token narrows its owner to for one request; None for the person themselves."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    @staticmethod
    def normal_username(username: str) -> str:
        """A login name as it is stored: without case, full-width letters made plain."""
        return unicodedata.normalize("NFKC", username.strip()).casefold()

    @cached_property
    def grants_held(self) -> "list[Grant]":
        """The grants of this person, asked for once in the life of this object."""
        return Grant.objects.held_by(self.pk)

    def has_perm(self, code: str, _obj: object = None) -> bool:
        """Whether a grant holds the permission `code`; templates ask `perms.targets.view`."""
        return self.is_active and bool(self.grants_of(code))

    def grants_of(self, code: str) -> "list[Grant]":
        """The grants that hold a permission; none where an access token leaves it out."""
        if self.scopes is not None and code not in self.scopes:
            return []
        return [grant for grant in self.grants_held if code in grant.permissions]

    @cached_property
    def units_below(self) -> frozenset[int]:
        """The own unit and every unit below it, with all that they have taken over; asked for once."""
        if self.unit is None:
            return frozenset()
        below = (unit for unit in self.every_unit if unit.path.startswith(self.unit.path))
        return frozenset[int]().union(*(unit.reached for unit in below))

    @cached_property
    def every_unit(self) -> "list[OrgUnit]":
        """The whole tree by path: a request needs it for scopes and choices, and asks for it once."""
        return list(OrgUnit.objects.order_by("path"))


class LocalRole(models.Model):
    """A role that the administrator has made: a named set of permissions.

    Its history is in the audit; `version` counts its changes. Retired, it can no longer be granted.
    """

    code = models.CharField(_("代码"), max_length=40, unique=True)
    zh = models.CharField(_("名称"), max_length=60)
    en = models.CharField(_("英文名称"), max_length=60, blank=True)
    about = models.CharField(_("用途"), max_length=300)
    permissions = models.JSONField(_("权限"), default=list)
    scope = models.CharField(_("默认范围"), max_length=20, choices=ScopeKind)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=ScopeKind.values), name="localrole_scope_known"
            )
        ]

    def __str__(self) -> str:
        return self.zh

    def as_role(self) -> Role:
        """As the rules would write it; a permission that they no longer know is left out."""
        return Role(
            code=self.code,
            zh=self.zh,
            en=self.en or self.zh,
            about={"zh": self.about, "en": self.about},
            permissions=frozenset(self.permissions) & permissions().keys(),
            scope=ScopeKind(self.scope),
            alone=False,
        )


class GrantManager(models.Manager["Grant"]):
    """Brings the local role along, so that what a grant allows costs no further query."""

    def get_queryset(self) -> models.QuerySet["Grant"]:
        """Every grant with its local role."""
        return super().get_queryset().select_related("local")

    def held_by(self, user_id: int) -> "list[Grant]":
        """The grants of a person, their units known, with that person and their unit: one query."""
        rows = self.filter(user=user_id).select_related("user__unit").order_by("pk")
        units = {"chosen_key": models.F("units"), "taken_over": models.F("units__absorbed")}
        held: list[Grant] = []
        for _pk, found in groupby(rows.annotate(**units), key=attrgetter("pk")):
            each: list[Any] = list(found)
            held.append(each[0])
            reached = ({row.chosen_key, *row.taken_over} for row in each if row.chosen_key)
            held[-1].chosen = frozenset[int]().union(*reached)
        return held


class Grant(models.Model):
    """A role given to a person, with how far it reaches; `units` only for the scope “chosen”."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="grants", verbose_name=_("人员")
    )
    role = models.CharField(_("角色"), max_length=40)
    scope = models.CharField(_("范围"), max_length=20, choices=ScopeKind)
    units = models.ManyToManyField(
        OrgUnit, blank=True, related_name="grants", verbose_name=_("指定单位")
    )
    local = models.ForeignKey(
        LocalRole, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )

    objects: ClassVar[GrantManager] = GrantManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="grant_once_per_role"),
            models.CheckConstraint(
                condition=models.Q(scope__in=ScopeKind.values), name="grant_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} ({self.scope})"

    @cached_property
    def chosen(self) -> frozenset[int]:
        """The units of the scope “chosen”, with all that they have taken over."""
        return frozenset[int]().union(*(unit.reached for unit in self.units.all()))

    @property
    def rule(self) -> Role | None:
        """The role as the rules or the administrator wrote it; None for one that is no more."""
        if self.local:
            return None if self.local.retired_at else self.local.as_role()
        return roles().get(self.role)

    @property
    def permissions(self) -> frozenset[str]:
        """What it allows: nothing when the rules no longer know the role."""
        return self.rule.permissions if self.rule else frozenset()

    @property
    def role_name(self) -> str:
        """The name of the role in the language of the page."""
        if self.rule:
            return self.rule.name
        return self.local.zh if self.local else self.role


class Presence(models.Model):
    """Where a person is logged in: one row for each session that has been used."""

    session_key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=60, blank=True)
    device = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at}"

    @property
    def device_words(self) -> str:
        """The device in words."""
        return device_words(self.device)


class Handover(models.Model):
    """One handing over of what was open with a person, printed as the handover sheet."""

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("说明"), max_length=300)
    deactivated = models.BooleanField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def receiver_names(self) -> str:
        """Who has taken something over."""
        names = (item.receiver.display_name for item in self.items.all() if item.receiver)
        return _("、").join(dict.fromkeys(names))


class HandoverItem(models.Model):
    """One thing that was handed over. `moved`: its owner changed; `done_at`: the receiver's tick.

    Without a receiver it was closed instead. `key` is its key within its kind, 0 on old sheets.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="received")
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField(default=0)
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    moved = models.BooleanField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
