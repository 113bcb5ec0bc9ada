"""The lists of chains and of their nodes."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Choice, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.investment.models import Chain, ChainNode, Tier
from shangheng.desks.investment.selectors.chains import (
    ChainStand,
    NodeStand,
    chain_stands,
    chains_for,
    nodes_for,
    stands_of,
)

STRENGTHS: list[Choice] = [("strong", _("强")), ("weak", _("弱")), ("missing", _("缺"))]


def _chain_lines(rows: Sequence[Chain], asked: Asked) -> list[ChainStand]:
    return chain_stands(asked.actor, rows, at=asked.known_at)


def _node_lines(rows: Sequence[ChainNode], asked: Asked) -> list[NodeStand]:
    return stands_of(rows, at=asked.known_at)


def _of_strength(rows: QuerySet[ChainNode], value: str, asked: Asked) -> QuerySet[ChainNode]:
    """Judged by the one rule of the domain; a bureau has some hundreds of nodes."""
    found = [one.pk for one in stands_of(rows, at=asked.known_at) if one.strength == value]
    return rows.filter(pk__in=found)


def _chains(asked: Asked) -> list[Choice]:
    return [(str(row.pk), row.name) for row in chains_for(asked.actor, at=asked.known_at)]


CHAINS: Listing[Chain, ChainStand] = Listing(
    code="investment.chains",
    title=_("产业链"),
    counted=_("条产业链"),
    about=_("每条链上哪里强、哪里弱、哪里缺，以及缺的地方找谁来补。"),
    url="chains",
    permission="investment.view",
    rows=lambda asked: chains_for(asked.actor, at=asked.known_at),
    lines=_chain_lines,
    columns=(
        Column(
            "name",
            _("产业链"),
            lambda line: line.row.name,
            cell="investment/chain_cell.html",
            sort=("name",),
            also=(Column("code", _("产业链编号"), lambda line: line.row.code),),
        ),
        Column("tier", _("层级"), lambda line: line.row.get_tier_display(), sort=("tier", "code")),
        Column("nodes", _("节点"), lambda line: len(line.nodes), number=True),
        Column("strong", _("强"), lambda line: line.strong, number=True),
        Column("weak", _("弱"), lambda line: line.weak, number=True),
        Column("missing", _("缺"), lambda line: line.missing, number=True),
        Column(
            "enterprises",
            _("自有企业"),
            lambda line: line.enterprises,
            number=True,
        ),
        Column(
            "projects",
            _("在推进项目"),
            lambda line: line.projects,
            number=True,
        ),
        Column(
            "targets",
            _("目标企业"),
            lambda line: line.targets,
            number=True,
        ),
        Column("source", _("来源"), lambda line: line.row.source),
        Column("verified", _("已核实"), lambda line: line.row.verified, shown=False),
        Column("sample", _("示例"), lambda line: line.row.is_sample, shown=False),
    ),
    filters=(
        Filter("q", _("查找"), holding("name", "code", "nodes__name"), kind="search"),
        Filter("tier", _("层级"), by("tier"), among(*Tier.choices)),
    ),
    sort="tier",
    empty=Empty(
        _("还没有产业链"),
        _("用 Excel 导入节点表，或者载入公开材料里点名的几条。"),
        url="chain-new",
        action=_("登记产业链"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)

NODES: Listing[ChainNode, NodeStand] = Listing(
    code="investment.chain_nodes",
    title=_("产业链节点"),
    counted=_("个节点"),
    about=_("所有产业链的节点，按强、弱、缺筛选。"),
    url="chain-nodes",
    permission="investment.view",
    rows=lambda asked: nodes_for(asked.actor, at=asked.known_at),
    lines=_node_lines,
    columns=(
        Column(
            "name",
            _("节点"),
            lambda line: line.row.name,
            cell="investment/chain_node_cell.html",
            sort=("name",),
            also=(Column("code", _("节点编号"), lambda line: line.row.code),),
        ),
        Column(
            "chain",
            _("产业链"),
            lambda line: line.row.chain.name,
            sort=("chain__tier", "chain__code", "place", "code"),
            also=(Column("chain_code", _("产业链编号"), lambda line: line.row.chain.code),),
        ),
        Column("link", _("环节"), lambda line: line.row.link, sort=("place",)),
        Column(
            "strength",
            _("强弱"),
            lambda line: line.word,
            cell="investment/chain_strength_cell.html",
            also=(Column("why", _("怎样得出"), lambda line: line.why),),
        ),
        Column("enterprises", _("自有企业"), lambda line: line.counts.enterprises, number=True),
        Column("leading", _("龙头企业"), lambda line: line.counts.leading, number=True),
        Column("projects", _("在推进项目"), lambda line: line.counts.projects, number=True),
        Column("targets", _("目标企业"), lambda line: line.targets, number=True),
        Column("upstream", _("上游节点"), lambda line: line.row.upstream, shown=False),
        Column("industry", _("行业"), lambda line: line.row.industry, shown=False),
        Column("since", _("启用日期"), lambda line: line.row.since, shown=False),
        Column("until", _("停用日期"), lambda line: line.row.until, shown=False),
        Column("source", _("来源"), lambda line: line.row.source, shown=False),
        Column("sample", _("示例"), lambda line: line.row.is_sample, shown=False),
    ),
    filters=(
        Filter("q", _("查找"), holding("name", "code", "chain__name"), kind="search"),
        Filter("chain", _("产业链"), by("chain"), _chains),
        Filter("strength", _("强弱"), _of_strength, among(*STRENGTHS)),
    ),
    sort="chain",
    empty=Empty(
        _("还没有节点"),
        _("用 Excel 导入节点表，或者在一条产业链的页面上逐个登记。"),
        url="chain-import",
        action=_("Excel 导入"),
        permission="investment.edit",
    ),
    export_act="investment.export",
)
