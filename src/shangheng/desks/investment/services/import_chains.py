"""Chains from a file, a node in each row: by chain and number a node is added or changed.

A chain that is not known yet is entered with its first row. The file may name the nodes in any order.
"""

from collections.abc import Hashable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.desks.investment.models import Chain, ChainNode
from shangheng.desks.investment.services.chains import (
    NODE_FIELDS,
    change,
    enter_chain,
    enter_node,
    remove_node,
    tidy,
)

CODE = "chains"
GIVEN = ("code", "name", "link", "place", "upstream", "industry", "since", "until", "source")
TEXTS = ("upstream", "industry")
TIERS = {"1": "1", "3": "3", "N": "N"}


def _columns(_actor: User) -> list[Column]:
    return [
        Column("chain", _("产业链编号"), required=True, max_length=30, example="display"),
        Column(
            "chain_name",
            _("产业链名称"),
            max_length=60,
            example=_("显示"),
            note=_("新的产业链要填"),
        ),
        Column("tier", _("层级"), Kind.CHOICE, choices=TIERS, note=_("新的产业链可填：1、3 或 N")),
        Column("code", _("节点编号"), required=True, max_length=30, example="panel"),
        Column("name", _("节点名称"), required=True, max_length=60, example=_("显示面板")),
        Column("link", _("环节"), required=True, max_length=40, example=_("面板")),
        Column("place", _("环节次序"), Kind.INTEGER, required=True, note=_("1是最上游")),
        Column("upstream", _("上游节点"), max_length=400, note=_("节点编号，用逗号隔开")),
        Column("industry", _("行业"), max_length=5, example="C39"),
        Column("since", _("启用日期"), Kind.DATE),
        Column("until", _("停用日期"), Kind.DATE),
        Column("source", _("来源"), required=True, max_length=300),
    ]


def _key(values: Values) -> str:
    return f"{values['chain']}/{values['code']}"


def _standings(rows: QuerySet[ChainNode]) -> list[Standing]:
    return [_standing(row) for row in rows.select_related("chain")]


def _standing(row: ChainNode) -> Standing:
    values: dict[str, Value] = {name: getattr(row, name) for name in GIVEN}
    values |= {name: values[name] or None for name in TEXTS}
    values |= {
        "chain": row.chain.code,
        "chain_name": row.chain.name,
        "tier": row.chain.tier or None,
    }
    return Standing(row.pk, row.name, values, reverse("chain-node", args=[row.pk]))


def _find(_actor: User, keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    parts = [str(key).partition("/") for key in keys]
    rows = ChainNode.objects.filter(
        chain__code__in={chain for chain, _slash, _code in parts},
        code__in={code for _chain, _slash, code in parts},
    )
    found = {_key(one.values): one for one in _standings(rows)}
    return {key: found[str(key)] for key in keys if str(key) in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    return {one.target: one for one in _standings(ChainNode.objects.filter(pk__in=targets))}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    chain = _chain(actor, at, values)
    fields: dict[str, object] = {key: values[key] for key in NODE_FIELDS if key in values}
    fields |= {key: fields[key] or "" for key in TEXTS if key in fields}
    if "upstream" in fields:
        fields["upstream"] = tidy(str(fields["upstream"]))
    if standing is None:
        enter_node(actor=actor, at=at, chain=chain, values=fields)
    else:
        row = ChainNode.objects.select_related("chain").get(pk=standing.target)
        change(actor=actor, at=at, row=row, values=fields, seen=None)


def _chain(actor: User, at: datetime, values: Values) -> Chain:
    """The chain of a row, which is entered with its first node. Raises ValidationError."""
    code, name = str(values["chain"]), values.get("chain_name")
    row = Chain.objects.filter(Q(code=code)).first()
    if row is not None:
        if name and name != row.name:
            message = _("产业链“%(code)s”叫“%(name)s”；要改名请在它的页面上改")
            raise ValidationError({"chain_name": message % {"code": code, "name": row.name}})
        return row
    if not name:
        raise ValidationError({"chain_name": _("新的产业链要填名称")})
    told = {
        "code": code,
        "name": name,
        "tier": values.get("tier") or "",
        "source": values["source"],
    }
    try:
        return enter_chain(actor=actor, at=at, values=told)
    except ValidationError as refusal:
        raise ValidationError({"chain": refusal.messages}) from refusal


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    remove_node(actor=actor, at=at, row=ChainNode.objects.get(pk=standing.target))


TABLE = Table(
    code=CODE,
    label=gettext_lazy("产业链节点"),
    permission="investment.edit",
    columns=lambda actor: in_every_language(lambda: _columns(actor)),
    limit=5_000,
    url_name="chain-import",
    home="chain-nodes",
    home_label=gettext_lazy("产业链节点"),
    undo_about=gettext_lazy(
        "新增的节点会删去，改过的恢复为导入以前的内容，产业链本身留下；登记过企业、项目或目标企业的节点不能撤销。"
    ),
    **Keyed(
        key=_key,
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"chain_name", "tier"}),
        days=frozenset({"since", "until"}),
    ).parts(),
)
