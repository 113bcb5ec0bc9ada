"""Organisations: who they are, what they are called, and where each thing known of them comes from."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organisation is."""

    ENTERPRISE = "enterprise", _("企业")
    SOLE_TRADER = "sole_trader", _("个体工商户")
    INSTITUTION = "institution", _("事业单位")
    GOVERNMENT = "government", _("机关")
    ASSOCIATION = "association", _("社会组织")
    FOREIGN = "foreign", _("境外机构")
    OTHER = "other", _("其他")


class NameKind(models.TextChoices):
    """What a name of an organisation is."""

    CURRENT = "current", _("现名")
    FORMER = "former", _("曾用名")
    SHORT = "short", _("简称")
    FOREIGN = "foreign", _("外文名")


class Organisation(models.Model):
    """One organisation (一企一档). Never deleted; one that was merged away points to who kept it.

    `code` is the 统一社会信用代码, empty while unknown; `code_note` says why one with a wrong check
    character is kept. `industry` is a code of GB/T 4754-2017, `area` of GB/T 2260. `version` counts
    the changes.
    """

    code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    code_note = models.CharField(_("代码说明"), max_length=200, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    industry = models.CharField(_("行业"), max_length=5, blank=True)
    area = models.CharField(_("所在地区"), max_length=12, blank=True)
    address = models.CharField(_("住所"), max_length=300, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="daughters",
        verbose_name=_("上级企业"),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code="") & models.Q(merged_into=None),
                name="organisation_code_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="organisation_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """A name that an organisation has or had. `whole`, `core` and `sound` are its key."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("名称类别"), max_length=10, choices=NameKind)
    since = models.DateField(_("启用日期"), null=True, blank=True)
    until = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    whole = models.CharField(max_length=200, db_index=True, editable=False)
    core = models.CharField(max_length=200, editable=False)
    sound = models.CharField(max_length=1400, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(kind=NameKind.CURRENT),
                name="name_current_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Gram(models.Model):
    """Two near syllables of a name: what names are found by."""

    gram = models.CharField(max_length=24)
    name = models.ForeignKey(Name, models.CASCADE, related_name="grams")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["gram", "name"], name="gram_name")]

    def __str__(self) -> str:
        return self.gram


class GramCount(models.Model):
    """How many names hold a gram, as last counted: rare ones are looked up first."""

    gram = models.CharField(max_length=24, primary_key=True)
    names = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.gram}: {self.names}"


class FieldSource(models.Model):
    """Where the value of one field came from, and as of when. Append-only; the last one counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sources")
    field = models.CharField(max_length=30)
    value = models.CharField(max_length=300, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    as_of = models.DateField(_("截至日期"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "field"], name="field_source")]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class Contact(models.Model):
    """A person to speak to. Personal data: shown whole only to those who need it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    name = models.CharField(_("姓名"), max_length=60)
    position = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    source = models.CharField(_("来源"), max_length=200)
    as_of = models.DateField(_("截至日期"))
    is_active = models.BooleanField(_("在用"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An organisation stands on a list of `rules/organisation_lists.yaml` in a year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    list = models.CharField(_("名录"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年度"))
    rank = models.PositiveIntegerField(_("位次"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        ordering: ClassVar = ["-year", "list"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "list", "year"], name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.year}"


class Merge(models.Model):
    """Two organisations became one: what moved, so that it can be undone.

    `moved` maps a relation to the keys of its rows that moved; `taken` maps a field to its value
    before and after.
    """

    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Organisation, models.PROTECT, related_name="merges_away")
    reason = models.CharField(_("理由"), max_length=300)
    moved = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="merged_away_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
