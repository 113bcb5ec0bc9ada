"""Writing chains: each act authorises, validates, and stands or falls with its row of the audit."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import take
from shangheng.desks.investment.access import may
from shangheng.desks.investment.domain.chains import closes_a_circle
from shangheng.desks.investment.models import Chain, ChainNode, Placement, Position, Project
from shangheng.desks.investment.selectors.chains import edges_of, position_of
from shangheng.desks.investment.services.naming import organisation_for
from shangheng.desks.investment.services.writing import Values, differing, record, told
from shangheng.engines.evidence import services as evidence
from shangheng.engines.registry.industries import is_industry

CHAIN_FIELDS = ("code", "name", "tier", "about", "source", "verified")
NODE_FIELDS = (
    "code", "name", "link", "place", "upstream", "industry", "since", "until", "source", "verified",
)  # fmt: skip
SUMMARY = "chains.yaml"
SAMPLE = "示例：通行产业知识"  # zh-data: kept as the source of a node
NAMED = "%(source)s，点名%(named)s"  # zh-data: the same


def must_keep(actor: User) -> None:
    """Chains belong to no unit: whoever enters projects keeps them. Raises PermissionDenied."""
    if not allows(actor, "investment.edit"):
        raise PermissionDenied


@transaction.atomic
def enter_chain(*, actor: User, at: datetime, values: Values, is_sample: bool = False) -> Chain:
    """Enter a chain (some of `CHAIN_FIELDS`). Raises ValidationError, PermissionDenied."""
    must_keep(actor)
    row = Chain(created_by=actor, created_at=at, is_sample=is_sample)
    _fill(row, values, CHAIN_FIELDS)
    row.save()
    record(actor=actor, at=at, act="enter", row=row, after=told(row, CHAIN_FIELDS))
    return row


@transaction.atomic
def enter_node(
    *, actor: User, at: datetime, chain: Chain, values: Values, is_sample: bool = False
) -> ChainNode:
    """Enter a node of a chain (some of `NODE_FIELDS`). Raises ValidationError, PermissionDenied."""
    must_keep(actor)
    take(chain, seen=None)  # two may be entering nodes that supply each other
    row = ChainNode(chain=chain, created_by=actor, created_at=at, is_sample=is_sample)
    _fill(row, values, NODE_FIELDS)
    _refuse_circle(row)
    row.save()
    record(actor=actor, at=at, act="enter", row=row, after=told(row, NODE_FIELDS))
    return row


@transaction.atomic
def change[R: Chain | ChainNode](
    *, actor: User, at: datetime, row: R, values: Values, seen: int | None
) -> None:
    """Change a chain or a node of the version `seen`. Raises StaleEdit, ValidationError,
    PermissionDenied."""
    must_keep(actor)
    fields = CHAIN_FIELDS if isinstance(row, Chain) else NODE_FIELDS
    take(row, seen=seen)
    row.refresh_from_db()
    before = told(row, fields)
    _fill(row, values, fields)
    if isinstance(row, ChainNode):
        take(row.chain, seen=None)
        _refuse_circle(row)
    row.save(update_fields=fields)
    old, new = differing(before, told(row, fields))
    if new:
        record(actor=actor, at=at, act="change", row=row, before=old, after=new)


@transaction.atomic
def remove_node(*, actor: User, at: datetime, row: ChainNode) -> None:
    """Take back a node on which nothing stands. Raises ValidationError, PermissionDenied."""
    must_keep(actor)
    if row.placements.exists() or row.positions.exists() or row.targets.exists():
        message = _("“%s”上登记过企业、项目或目标企业，不能删去；不用了请填停用日期。")
        raise ValidationError(message % row.name)
    record(actor=actor, at=at, act="remove", row=row, before=told(row, NODE_FIELDS))
    row.delete()


@transaction.atomic
def place_enterprise(
    *,
    actor: User,
    at: datetime,
    node: ChainNode,
    values: Values,
    upload: evidence.Upload | None = None,
    is_sample: bool = False,
) -> Placement:
    """Say that an enterprise (`organisation`: name or code) stands on a node: `on`, `leading`,
    `source`, and a voucher where there is one.

    Raises ValidationError, UnacceptableFile, PermissionDenied.
    """
    must_keep(actor)
    rest = dict(values)
    found = organisation_for(actor=actor, at=at, text=str(rest.pop("organisation")))
    if found is None:
        raise ValidationError({"organisation": _("请填企业名称。")})
    if rest["on"] > timezone.localdate(at):
        raise ValidationError({"on": _("日期不能晚于今天。")})
    if node.placements.filter(organisation=found, taken_back_at=None).exists():
        message = _("“%(name)s”已经在“%(node)s”上。") % {"name": found.name, "node": node.name}
        raise ValidationError({"organisation": message})
    row = Placement(
        node=node,
        organisation=found,
        recorded_by=actor,
        recorded_at=at,
        is_sample=is_sample,
        **rest,
    )
    row.full_clean(exclude=["document"])
    row.document = evidence.keep(actor=actor, at=at, upload=upload, unit=actor.unit)
    row.save()
    after = {"organisation": found.name, "since": row.on.isoformat(), "source": row.source}
    record(actor=actor, at=at, act="place", row=node, after=after)
    return row


@transaction.atomic
def take_back_placement(*, actor: User, at: datetime, row: Placement, reason: str) -> None:
    """Take back what was entered by mistake or no longer holds. Raises ValidationError,
    PermissionDenied."""
    must_keep(actor)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤销的理由。")})
    standing = Placement.objects.filter(pk=row.pk, taken_back_at=None)
    if not standing.update(taken_back_at=at, taken_back_why=reason.strip()):
        raise ValidationError(_("这一条已经撤销过了。"))
    after = {"organisation": row.organisation.name, "reason": reason}
    record(actor=actor, at=at, act="take_back", row=row.node, after=after)


@transaction.atomic
def position_project(
    *, actor: User, at: datetime, project: Project, node: ChainNode | None, seen: int | None
) -> None:
    """Say on which node a project stands; None for none. Raises StaleEdit, PermissionDenied."""
    if not may(actor, project, "edit"):
        raise PermissionDenied
    take(project, seen=seen)
    now = position_of(project)
    if (now.node if now else None) == node:
        return
    Position.objects.filter(project=project, ended_at=None).update(ended_at=at)
    if node is not None:
        Position.objects.create(node=node, project=project, recorded_by=actor, recorded_at=at)
    before = {"chain_node": now.node.name if now else ""}
    after = {"chain_node": node.name if node else ""}
    record(actor=actor, at=at, act="chain", row=project, before=before, after=after)


@transaction.atomic
def load_chains(*, actor: User, at: datetime) -> list[Chain]:
    """Enter the chains of `rules/chains.yaml` that are not here yet. Raises PermissionDenied."""
    must_keep(actor)
    entered = []
    for told_chain in rules.load(SUMMARY):
        if Chain.objects.filter(code=told_chain["code"]).exists():
            continue
        values = {
            "code": told_chain["code"],
            "name": told_chain["zh"],
            "source": told_chain["source"],
        }
        chain = enter_chain(actor=actor, at=at, values=values)
        for one in told_chain["nodes"]:
            is_sample = one.get("sample", False)
            enter_node(actor=actor, at=at, chain=chain, values=_from_rule(one), is_sample=is_sample)
        entered.append(chain)
    return entered


def _from_rule(one: Values) -> dict[str, Any]:
    source = one.get("source") or SAMPLE
    if "named" in one:
        source = NAMED % {"source": source, "named": one["named"]}
    kept = ("code", "link", "place", "upstream", "industry")
    return {key: one[key] for key in kept if key in one} | {"name": one["zh"], "source": source}


def _fill(row: Chain | ChainNode, values: Values, fields: tuple[str, ...]) -> None:
    """Set fields. Raises ValidationError."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"{row._meta.label} has no {sorted(unknown)}")
    for name, entered in values.items():
        setattr(row, name, entered.strip() if isinstance(entered, str) else entered)
    if isinstance(row, ChainNode):
        row.upstream = tidy(row.upstream)
        if row.industry and not is_industry(row.industry):
            message = _("“%s”不是 GB/T 4754-2017 的行业代码，例如 C39。") % row.industry
            raise ValidationError({"industry": message})
    row.full_clean(exclude=["version", "created_by"])


def tidy(codes: str) -> str:
    """Codes parted by a comma, however they were parted, each once."""
    for sign in ("，", "、", "；", ";", " ", "\n"):  # zh-data: signs that people part codes by
        codes = codes.replace(sign, ",")
    return ",".join(dict.fromkeys(code for code in codes.split(",") if code))


def _refuse_circle(row: ChainNode) -> None:
    """Raises ValidationError when a node would supply itself."""
    others = row.chain.nodes.exclude(pk=row.pk)
    if closes_a_circle(edges_of([*others, row])):
        raise ValidationError({"upstream": _("这样会绕成一圈：节点成了自己的上游。")})
