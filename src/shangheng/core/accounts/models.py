"""People, the units they belong to, and what they may do where."""

import unicodedata
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.rules import Role, ScopeKind, roles

unit_code = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("代码只能用小写字母、数字和连字符，例如 swj-zs。")
)
login_name = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]*\Z", _("登录名只能用小写字母、数字、点、下划线和连字符。")
)


class OrgUnit(models.Model):
    """A unit of the bureau (责任单位). `path` is the codes from the root down, each followed by `/`."""

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


class UserManager(BaseUserManager["User"]):
    """Finds people by their login name, however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person of that login name. Raises User.DoesNotExist."""
        return self.get(username=User.normal_username(username or ""))


class User(AbstractBaseUser):
    """A person who can log in. Never deleted: the rows they wrote keep their name."""

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
        """The grants of this person, asked for once in the life of this object (two queries)."""
        return list(self.grants.prefetch_related("units"))

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
        """The own unit and every unit below it, asked for once."""
        if self.unit is None:
            return frozenset()
        below = OrgUnit.objects.filter(path__startswith=self.unit.path)
        return frozenset(below.values_list("pk", flat=True))


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

    @property
    def rule(self) -> Role | None:
        """The role as the rules write it; None for one that the rules no longer know."""
        return roles().get(self.role)

    @property
    def permissions(self) -> frozenset[str]:
        """What it allows: nothing when the rules no longer know the role."""
        return self.rule.permissions if self.rule else frozenset()

    @property
    def role_name(self) -> str:
        """The name of the role in the language of the page."""
        return self.rule.name if self.rule else self.role
