"""Reading chains: how each node stands on a day, and what stands on it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.desks.investment.domain.chains import (
    BOX,
    Counts,
    Layout,
    Placed,
    Strength,
    StrengthRule,
    judge,
    lay_out,
)
from shangheng.desks.investment.models import (
    Chain,
    ChainNode,
    Placement,
    Position,
    Project,
    Status,
    Target,
)
from shangheng.engines.cases.models import Milestone

OVER = ("full_capacity", "terminated")  # stages in which a project is no longer in progress
OWN, LEADING, COMING, WANTED = "own", "leading", "coming", "wanted"  # what stands on a node
GONE = (Status.LOST, Status.WITHDRAWN)


def strength_names() -> dict[str, str]:
    """What the strengths are called."""
    return {"strong": _("强"), "weak": _("弱"), "missing": _("缺")}


@dataclass(frozen=True)
class NodeStand:
    """A node as it stands on a day, and by which rule; the keys of its own enterprises and targets."""

    row: ChainNode
    counts: Counts
    own: frozenset[int]
    wanted: frozenset[int]
    rule: StrengthRule

    @property
    def targets(self) -> int:
        """How many enterprises are to be won."""
        return len(self.wanted)

    @property
    def pk(self) -> int:
        """That of the node."""
        return self.row.pk

    @property
    def strength(self) -> Strength:
        """Strong, weak or missing."""
        return judge(self.counts, self.rule)

    @property
    def word(self) -> str:
        """The same in a word."""
        return strength_names()[self.strength]

    @property
    def why(self) -> str:
        """How that was found."""
        words = {
            "n": self.counts.enterprises,
            "enough": self.rule.enterprises,
            "leading": self.counts.leading,
            "lead_enough": self.rule.leading,
            "projects": self.counts.projects,
        }
        text = _(
            "自有企业%(n)d家（强要%(enough)d家），其中龙头%(leading)d家（要%(lead_enough)d家）；"
            "在推进项目%(projects)d个"
        )
        if self.rule.projects:
            text += _("，每%d个抵一家") % self.rule.projects
        return text % words


@dataclass(frozen=True)
class ChainStand:
    """A chain with its nodes as they stand."""

    row: Chain
    nodes: Sequence[NodeStand]

    @property
    def pk(self) -> int:
        """That of the chain."""
        return self.row.pk

    @cached_property
    def tally(self) -> Counter[str]:
        """How many nodes are strong, weak and missing."""
        return Counter(one.strength.value for one in self.nodes)

    @property
    def strong(self) -> int:
        """Strong nodes."""
        return self.tally["strong"]

    @property
    def weak(self) -> int:
        """Weak nodes."""
        return self.tally["weak"]

    @property
    def missing(self) -> int:
        """Missing nodes."""
        return self.tally["missing"]

    @property
    def enterprises(self) -> int:
        """Own enterprises; one that stands on several nodes is one."""
        return len(frozenset().union(*(one.own for one in self.nodes)))

    @property
    def projects(self) -> int:
        """Projects in progress, each of which has one position."""
        return sum(one.counts.projects for one in self.nodes)

    @property
    def targets(self) -> int:
        """Enterprises to be won; one that is wanted for several nodes is one."""
        return len(frozenset().union(*(one.wanted for one in self.nodes)))

    @property
    def links(self) -> list[tuple[str, list[NodeStand]]]:
        """The nodes by link, from upstream to downstream."""
        found: dict[int, tuple[str, list[NodeStand]]] = {}
        for one in self.nodes:
            found.setdefault(one.row.place, (one.row.link, []))[1].append(one)
        return [found[place] for place in sorted(found)]

    @property
    def edges(self) -> dict[str, list[str]]:
        """The codes upstream of each node."""
        return edges_of(one.row for one in self.nodes)

    @property
    def loose(self) -> list[tuple[NodeStand, str]]:
        """Nodes that name something upstream that is not in the chain."""
        known = self.edges
        return [
            (one, code)
            for one in self.nodes
            for code in one.row.upstream_codes
            if code not in known
        ]


@dataclass(frozen=True)
class Drawing:
    """A chain as it is drawn."""

    layout: Layout
    boxes: Sequence[tuple[NodeStand, int, int]]
    heads: Sequence[tuple[str, int]]
    box = BOX

    @property
    def is_wide(self) -> bool:
        """Whether it has more links than fit on a screen."""
        return len(self.heads) > 5


def strength_rule(day: date) -> StrengthRule:
    """The rule in force on a day. Raises LookupError."""
    row = rules.in_force("chain_strength.yaml", day)
    return StrengthRule(row["number"], row["enterprises"], row["leading"], row["projects"])


def chains_for(actor: User, *, at: datetime) -> QuerySet[Chain]:
    """The chains, which all who deal with investment may see, as far as they were known."""
    if not allows(actor, "investment.view"):
        return Chain.objects.none()
    return Chain.objects.filter(created_at__lte=at)


def nodes_for(actor: User, *, at: datetime) -> QuerySet[ChainNode]:
    """The nodes that belong to their chains on the day of `at`."""
    if not allows(actor, "investment.view"):
        return ChainNode.objects.none()
    day = timezone.localdate(at)
    begun, lasting = Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day)
    return ChainNode.objects.filter(begun, lasting, created_at__lte=at).select_related("chain")


def placements_at(at: datetime) -> QuerySet[Placement]:
    """What was known, and not taken back, of enterprises on nodes on the day of `at`."""
    held = Q(taken_back_at=None) | Q(taken_back_at__gt=at)
    return Placement.objects.filter(held, recorded_at__lte=at, on__lte=timezone.localdate(at))


def positions_at(at: datetime) -> QuerySet[Position]:
    """Which projects belonged to which node."""
    return Position.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), recorded_at__lte=at)


def in_progress(rows: QuerySet[Position], at: datetime) -> QuerySet[Position]:
    """Those whose project had neither ended nor come to its end by then, nor been lost."""
    day = timezone.localdate(at)
    over = Milestone.objects.filter(
        Q(reversal=None) | Q(reversal__recorded_at__gt=at),
        case=OuterRef("project__case"),
        stage__in=OVER,
        n=1,
        recorded_at__lte=at,
        occurred_on__lte=day,
    )
    lost = Q(project__status__in=GONE) & (
        Q(project__status_since=None) | Q(project__status_since__lte=day)
    )
    return rows.exclude(Exists(over)).exclude(lost)


def targets_at(at: datetime) -> QuerySet[Target]:
    """Which enterprises were to be won for which node."""
    return Target.objects.filter(Q(dropped_at=None) | Q(dropped_at__gt=at), recorded_at__lte=at)


def stands_of(nodes: Iterable[ChainNode], *, at: datetime) -> list[NodeStand]:
    """Nodes as they stood at an instant. One query, however many nodes.

    Projects of every unit count: a node is as strong for one reader as for another.
    """
    rows = list(nodes)
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for kind, node, key, leads in _standing_on([row.pk for row in rows], at):
        found[kind, node].add(key)
        if leads:
            found[LEADING, node].add(key)
    rule = strength_rule(timezone.localdate(at))
    return [
        NodeStand(
            row,
            Counts(*(len(found[kind, row.pk]) for kind in (OWN, LEADING, COMING))),
            frozenset(found[OWN, row.pk]),
            frozenset(found[WANTED, row.pk]),
            rule,
        )
        for row in rows
    ]


def _standing_on(nodes: Sequence[int], at: datetime) -> QuerySet[Any, tuple[str, int, int, bool]]:
    """What stands on nodes: its kind, the node, its key, and whether it leads."""
    told = [
        (OWN, placements_at(at), F("organisation"), F("leading")),
        (COMING, in_progress(positions_at(at), at), F("project"), Value(False)),
        (WANTED, targets_at(at), F("organisation"), Value(False)),
    ]
    first, *others = (
        rows.filter(node__in=nodes)
        .order_by()
        .annotate(what=Value(kind), key=key, leads=leads)
        .values_list("what", "node", "key", "leads")
        for kind, rows, key, leads in told
    )
    joined: QuerySet[Any, tuple[str, int, int, bool]] = first.union(*others, all=True)
    return joined.order_by()


def chain_stands(actor: User, chains: Iterable[Chain], *, at: datetime) -> list[ChainStand]:
    """Chains with their nodes as they stood. Two queries, however many."""
    rows = list(chains)
    by_chain: dict[int, list[NodeStand]] = {row.pk: [] for row in rows}
    for one in stands_of(nodes_for(actor, at=at).filter(chain__in=rows), at=at):
        by_chain[one.row.chain_id].append(one)
    return [ChainStand(row, by_chain[row.pk]) for row in rows]


def drawing_of(stand: ChainStand) -> Drawing:
    """A chain from left to right."""
    layout = lay_out([Placed(one.row.code, one.row.place) for one in stand.nodes], stand.edges)
    names = {one.row.place: one.row.link for one in reversed(stand.nodes)}
    return Drawing(
        layout,
        [(one, *layout.corners[one.row.code]) for one in stand.nodes],
        [(names[place], left) for place, left in layout.columns.items()],
    )


def edges_of(nodes: Iterable[ChainNode]) -> dict[str, list[str]]:
    """The codes upstream of each node."""
    return {row.code: row.upstream_codes for row in nodes}


def position_of(project: Project) -> Position | None:
    """Where a project stands today."""
    return project.positions.filter(ended_at=None).select_related("node__chain").first()
