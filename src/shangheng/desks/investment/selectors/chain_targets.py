"""Target enterprises of a node, ranked, with every reason in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.desks.investment.domain.chain_targets import (
    Facts,
    Ground,
    Ranked,
    Reason,
    TargetRule,
    rank,
)
from shangheng.desks.investment.domain.chains import Strength, steps_from
from shangheng.desks.investment.models import ChainNode, Target
from shangheng.desks.investment.selectors.chains import (
    edges_of,
    nodes_for,
    placements_at,
    positions_at,
    stands_of,
    targets_at,
)
from shangheng.engines.registry.models import Contact, Membership
from shangheng.methods.wording import named


@dataclass(frozen=True, slots=True)
class Aim:
    """A target in its place, with its reasons in words and points."""

    row: Target
    ranked: Ranked
    reasons: tuple[tuple[str, int], ...]


def target_rule(day: date) -> TargetRule:
    """The rule in force on a day. Raises LookupError."""
    row = rules.in_force("chain_targets.yaml", day)
    gap = {Strength(key): points for key, points in row["gap"].items()}
    return TargetRule(row["number"], row["lists"], row["near"], row["contact"], gap)


def aims_of(actor: User, node: ChainNode, *, at: datetime) -> list[Aim]:
    """The targets of a node, the best first. Seven queries, however many."""
    day = timezone.localdate(at)
    rows = list(targets_at(at).filter(node=node).select_related("organisation", "lead"))
    if not rows:
        return []
    keys = [row.organisation_id for row in rows]
    lists = _lists(keys, day.year)
    contacts = _contacts(keys)
    steps = _steps(actor, node, keys, at)
    strength = stands_of([node], at=at)[0].strength
    facts = [
        Facts(
            row.pk,
            row.organisation.name,
            frozenset(lists[row.organisation_id]),
            steps.get(row.organisation_id),
            contacts.get(row.organisation_id, 0),
            strength,
        )
        for row in rows
    ]
    by_key = {row.pk: row for row in rows}
    return [
        Aim(
            by_key[one.facts.key],
            one,
            tuple(
                (_words(reason, lists[by_key[one.facts.key].organisation_id]), reason.points)
                for reason in one.reasons
            ),
        )
        for one in rank(facts, target_rule(day))
    ]


def _lists(keys: Iterable[int], year: int) -> Mapping[int, dict[str, int]]:
    """The last year, up to one, in which each stood on each list."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Membership.objects.filter(organisation__in=keys, year__lte=year).order_by("year")
    for organisation, code, on in rows.values_list("organisation", "list", "year"):
        found[organisation][code] = on
    return found


def _contacts(keys: Iterable[int]) -> dict[int, int]:
    rows = Contact.objects.filter(organisation__in=keys, is_active=True).order_by()
    return dict(
        rows.values("organisation").annotate(n=Count("pk")).values_list("organisation", "n")
    )


def _steps(actor: User, node: ChainNode, keys: list[int], at: datetime) -> dict[int, int]:
    """How far each is from the node by what it already has on the chain: enterprises or projects."""
    chain = list(nodes_for(actor, at=at).filter(chain=node.chain_id))
    away = steps_from(node.code, edges_of(chain))
    steps = {row.pk: away[row.code] for row in chain if row.code in away}
    held = placements_at(at).filter(node__in=steps, organisation__in=keys).order_by()
    found = list(held.values_list("organisation", "node"))
    mine = Q(project__investor__in=keys) | Q(project__group__in=keys)
    invested = positions_at(at).filter(mine, node__in=steps).order_by()
    for investor, group, where in invested.values_list(
        "project__investor", "project__group", "node"
    ):
        found += [(investor, where), (group, where)]
    nearest: dict[int, int] = {}
    for key, where in found:
        nearest[key] = min(steps[where], nearest.get(key, steps[where]))
    return nearest


def _words(reason: Reason, years: Mapping[str, int]) -> str:
    """One reason as a sentence."""
    match reason.ground:
        case Ground.LIST:
            row = next(
                one for one in rules.load("organisation_lists.yaml") if one["code"] == reason.detail
            )
            words = {"list": named(row["zh"], row["en"]), "year": years[reason.detail]}
            return _("在%(list)s名录上（%(year)s年）") % words
        case Ground.NEAR:
            return _("在%s步以内的上下游节点已有企业或投资") % reason.detail
        case Ground.CONTACT:
            return _("主体库里有%s个在用的联系人") % reason.detail
    return _("这个节点还缺") if reason.detail == Strength.MISSING else _("这个节点还弱")


def suggested_note(aim: Aim) -> str:
    """The reasons of a target for the lead that is made of it."""
    parts = [_("%(why)s（%(points)d分）") % {"why": why, "points": n} for why, n in aim.reasons]
    return _("；").join(parts)
