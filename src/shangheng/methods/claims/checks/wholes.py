"""Which figure a share is a share of: the one that the words name, the one before 其中, the one that opens the sentence."""

import re

from shangheng.methods.claims.checks.base import same_time, series
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements, amountless

_WHOLE_WORDS = re.compile(r"总[量数额]|共|合计|累计")
_AREA_ONLY = re.compile(
    r"^(?:全[国省市区县州]|[\u4e00-\u9fff]{0,6}(?<![社园景片街商])[国省市区县州])?(?:的)?(?:总量|总数|总额)?$"
)


def wholes_of(statements: Statements, claim: Claim, part: Claim) -> tuple[list[Claim], list[Claim]]:
    """Figures that the share may be a share of: those that the words point to, and others."""
    others = [c for c in statements.block_until(part)
              if c.kind is Kind.LEVEL and c.dimension == part.dimension]  # fmt: skip
    if claim.whole and not _AREA_ONLY.match(claim.whole):
        parent = whole_of(statements, part)
        if parent is not None and (_means(claim.whole, parent) or _kin(claim.whole, part)):
            return [parent], others
        named_so = _named(statements, claim, part)
        opening = _opening_whole(statements, part)
        if not named_so and opening and wording.core(claim.whole)[:2] in opening.name:
            named_so = [opening]
        nearest = others[-1:]
        if (
            not named_so
            and nearest
            and nearest[0].index == part.index - 1
            and _means(claim.whole, nearest[0])
        ):
            named_so = nearest
        return named_so, others
    if claim.whole:
        return [], others
    parent = (
        whole_of(statements, part)
        or _opening_whole(statements, part)
        or _whole_of_run(statements, claim, part)
        or _kind_in_name(statements, claim, part)
        or _only_two(statements, claim, part)
    )
    return ([parent] if parent else []), others


def _means(whole: str, claim: Claim) -> bool:
    """Whether the words of a share name a figure: in full, or by some of its characters in order.

    限上单位 names 限额以上商贸单位; 走访 (of 走访总数) names 走访企业500户; 总件数 names any 件.
    """
    if whole.removeprefix("总") == f"{claim.quantity.unit.name}数":
        return True
    wanted, name = amountless(whole), amountless(claim.name)
    return len(wanted) >= 2 and (wanted in name or named_by(wanted, name))


def _kin(whole: str, part: Claim) -> bool:
    """其中食品类案件60件,占案件总量的20%: the whole is the total of the kind that the part is one of."""
    kind = amountless(whole)
    return part.link is Link.PART and len(kind) >= 2 and part.name.endswith(kind)


def _whole_of_run(statements: Statements, claim: Claim, part: Claim) -> Claim | None:
    """W,甲乙分别实现A、B,分别占a%和b%; 共有W家,有实绩的A家,占a%: the figure that opens the sentence,
    when only its parts and their shares follow it."""
    ratios = series(statements, claim)
    first = ratios[0].index - len(ratios) - 1
    sentence = statements.sentence(claim)
    if first != sentence[0].index:
        return None
    whole, parts = sentence[0], sentence[1 : len(ratios) + 1]
    plain = all(p.kind is Kind.LEVEL and p.dimension == whole.dimension for p in (whole, *parts))
    smaller = plain and all(p.quantity.size <= whole.quantity.size for p in parts)
    own = (
        part.left.lstrip(",、").startswith(("有", "属于"))
        or "的" in part.left[-2:]
        or len(parts) > 1
    )
    return whole if smaller and own and not whole.planned else None


def _kind_in_name(statements: Statements, claim: Claim, part: Claim) -> Claim | None:
    """税费收入W,制造业贡献P,制造业税费占比s: a share that is named by its part and by the kind of its whole."""
    own = _beginning(claim.name, part.name)
    kind = claim.name.removeprefix(own)
    sentence = statements.sentence(part)
    whole = next((c for c in sentence if c.index == part.index - 1), part)
    alike = whole.kind is Kind.LEVEL and whole.dimension == part.dimension
    if min(len(own), len(kind)) < 2 or kind not in whole.name or not alike:
        return None
    return whole if whole.quantity.size >= part.quantity.size else None


def _beginning(one: str, other: str) -> str:
    """What two names begin with alike."""
    return one[
        : next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))
    ]


def _only_two(statements: Statements, claim: Claim, part: Claim) -> Claim | None:
    """受援群众W人,农民工P人,农民工占比s; 新增主体W家,民营企业有P家,占s: two counts, the share of the second one.

    Not where both are kinds of one thing (工业项目, 服务业项目), whose whole may be their sum.
    """
    sentence = [c for c in statements.sentence(claim) if c.depth == claim.depth]
    whole = sentence[0]
    if (
        sentence[1:3] != [part, claim]
        or not whole.quantity.unit.counts
        or whole.planned != part.planned
    ):
        return None
    plain = (
        whole.kind is Kind.LEVEL and whole.link is Link.NONE and whole.dimension == part.dimension
    )
    heads = {amountless(c.name)[-2:] for c in (whole, part)}
    if not plain or len(heads) < 2 or "" in heads or ";" in statements.between(whole, claim):
        return None
    told = claim.name in part.name if claim.name else part.left.endswith(("有", "达", "为"))
    both = whole.quantity.interval + part.quantity.interval
    share = part.quantity.interval.percent_of(both)
    siblings = share is not None and share.meets(claim.quantity.interval)
    return whole if told and not siblings and whole.quantity.size >= part.quantity.size else None


def _opening_whole(statements: Statements, part: Claim) -> Claim | None:
    """The figure that opens the sentence, when the parts after it are named as its parts.

    入库税收26.8亿元,工业税收10.72亿元占比40%: both are 税收, and 26.8 has no share of its own.
    """
    first = next((c for c in statements.sentence(part) if c.depth == part.depth), part)
    if (
        first.index >= part.index
        or first.dimension != part.dimension
        or first.kind is not Kind.LEVEL
    ):
        return None
    following = [c for c in statements.sentence(part) if c.index == first.index + 1]
    if following and following[0].kind is Kind.SHARE:
        return None
    if first.quantity.interval.high < part.quantity.interval.low or first.planned != part.planned:
        return None
    name = wording.core(first.name)
    alike = len(name) >= 2 and (name[-2:] in part.name or name[-2:] in part.right)
    return first if alike or _WHOLE_WORDS.search(first.left) else None


def _named(statements: Statements, claim: Claim, part: Claim) -> list[Claim]:
    wanted = wording.core(claim.whole)
    named = [c for c in statements.levels_named(wanted, claim)
             if c.dimension == part.dimension and c is not part and same_time(c, part) and same_time(c, claim)
             and c.kind is Kind.LEVEL and c.link not in (Link.REST, Link.BASE)]  # fmt: skip
    near = [c for c in named if c.block is claim.block and c.index < claim.index]
    return near[-1:] if near else named


def whole_of(statements: Statements, part: Claim) -> Claim | None:
    """The whole that 其中 or an opening N个…中 gives to a part; None when neither is there."""
    block = statements.block(part)
    sentence = statements.sentence(part)
    first = next((c for c in sentence if c.link is Link.PART), None)
    if first is None or first.index > part.index:
        opener = [
            c
            for c in block
            if c.definite and c.index < part.index and c.dimension == part.dimension
        ]
        return opener[-1] if opener else None
    outside = statements.claims[first.index - 1] if first.depth and first.index else None
    if outside and outside.depth == 0 and outside.kind is Kind.LEVEL:
        alike = outside.sentence == first.sentence and outside.dimension == part.dimension
        return (
            outside
            if alike and re.match(r"[^,;。]{0,4}\(其中", _gap(statements, outside, first))
            else None
        )
    earlier = [c for c in block if c.index < first.index and c.depth == first.depth
               and c.kind is Kind.LEVEL and c.link is not Link.REST]  # fmt: skip
    if not earlier or earlier[-1].sentence < part.sentence - 1:
        return None
    last = earlier[-1]
    same = [c for c in earlier if c.dimension == part.dimension and c.sentence == last.sentence]
    if not same or (last.dimension != part.dimension and len(same) > 1):
        return None
    return same[-1]


def _gap(statements: Statements, one: Claim, other: Claim) -> str:
    return statements.between(one, other)


def named_by(stem: str, words: str) -> bool:
    """Whether the word of a rate tells what was done: 整改 in 整改率, 网上办理 in 网办率."""
    at = -1
    for character in stem:
        at = words.find(character, at + 1)
        if at < 0:
            return False
    return True
