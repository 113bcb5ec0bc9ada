"""Industry chains (产业链): their nodes, and which enterprises, projects and targets stand on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.models.common import PERSON
from shangheng.desks.investment.models.leads import Lead
from shangheng.desks.investment.models.projects import Project
from shangheng.engines.evidence.models import Document
from shangheng.engines.registry.models import Organisation


class Tier(models.TextChoices):
    """Where a chain stands in a system such as “1+3+N”."""

    FIRST = "1", _("“1”")
    PILLAR = "3", _("“3”")
    OTHER = "N", _("“N”")


class Defined(models.Model):
    """What is defined with its source, and edited by several; `version` counts the edits."""

    source = models.CharField(_("来源"), max_length=300)
    verified = models.BooleanField(_("已核实"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("登记时间"), editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class Chain(Defined):
    """A chain. `tier` is "" where nobody has said which part of the system it is."""

    code = models.SlugField(_("产业链编号"), max_length=30, unique=True)
    name = models.CharField(_("产业链名称"), max_length=60)
    tier = models.CharField(_("层级"), max_length=1, choices=Tier, blank=True)
    about = models.TextField(_("说明"), max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["tier", "code"]

    def __str__(self) -> str:
        return self.name


class ChainNode(Defined):
    """A node (节点) of a chain in one of its links (环节), which stand in the order of `place` from
    upstream to downstream.

    `upstream` names the codes of the nodes that supply it, parted by commas. It is part of the chain
    from `since` until `until`, both days included; None is open.
    """

    chain = models.ForeignKey(
        Chain, models.PROTECT, related_name="nodes", verbose_name=_("产业链"), editable=False
    )
    code = models.SlugField(_("节点编号"), max_length=30)
    name = models.CharField(_("节点名称"), max_length=60)
    link = models.CharField(_("环节"), max_length=40)
    place = models.PositiveSmallIntegerField(_("环节次序"))
    upstream = models.CharField(_("上游节点"), max_length=400, blank=True)
    industry = models.CharField(_("行业"), max_length=5, blank=True)
    since = models.DateField(_("启用日期"), null=True, blank=True)
    until = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["chain", "place", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain", "code"],
                name="investment_node_once",
                violation_error_message=_("这条产业链里已经有这个节点编号。"),
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=12),
                name="investment_node_place",
                violation_error_message=_("环节次序是1到12，1是最上游。"),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
                name="investment_node_days",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def upstream_codes(self) -> list[str]:
        """The codes of the nodes that supply it."""
        return self.upstream.split(",") if self.upstream else []


class Placement(models.Model):
    """An enterprise of the district stands on a node since a day. Never edited: taken back."""

    node = models.ForeignKey(ChainNode, models.PROTECT, related_name="placements", editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", editable=False, verbose_name=_("企业")
    )
    on = models.DateField(_("起始日期"))
    leading = models.BooleanField(_("龙头企业"), default=False)
    source = models.CharField(_("来源"), max_length=300)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_why = models.CharField(max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["-leading", "on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node", "organisation"],
                condition=Q(taken_back_at=None),
                name="investment_placed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.node_id}"


class Position(models.Model):
    """Which node a project belongs to, until somebody says otherwise: one at a time."""

    node = models.ForeignKey(ChainNode, models.PROTECT, related_name="positions")
    project = models.ForeignKey(Project, models.PROTECT, related_name="positions")
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(ended_at=None), name="investment_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} → {self.node_id}"


class Target(models.Model):
    """An enterprise to be won for a node (目标企业), and the lead that was made of it."""

    node = models.ForeignKey(ChainNode, models.PROTECT, related_name="targets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True)
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node", "organisation"],
                condition=Q(dropped_at=None),
                name="investment_target_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.node_id}"
