"""What is left of a whole, structures, stages that overlap."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import exact, finding, like, show, textual
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval, total
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_RATIO = re.compile(
    r"(?<![\d.:])\d{1,2}(?:\.\d{1,2})?(?:[:∶]\d{1,2}(?:\.\d{1,2})?){1,4}(?![\d.:∶])"
)

_SPLIT = re.compile(r"结构|比例|构成|比重|占比|之比|产业比|[调优][整化]")
_DONE_PART = re.compile(
    r"已|完成|完工|竣工|办结|建成|开工|支出|拨付|使用|整改|销售|投产|交付|签约|解决|通过|在建|落实|化解|脱贫"
)
_MOST_PARTS = 8


def check_remainder(statements: Statements) -> Iterator[Finding]:
    """其余/剩余/剩下 R: whole minus the parts named before it in the passage.

    Example: 64个项目中,投产2个,开工17个,办理手续12个,剩下33个: 64 − 2 − 17 − 12 = 33 → ok; 剩下40个 → inconsistent.
    Limits: the whole is the figure before 其中 or N个…中, or the named whole of the shares beside the
    parts; accused only when whole, parts and remainder make up one sentence.
    """
    for claim in statements.of_kind(Kind.LEVEL):
        if claim.link is not Link.REST or not exact(claim):
            continue
        block = [c for c in statements.block(claim)
                 if c.index < claim.index and c.dimension == claim.dimension and c.level
                 and c.depth == claim.depth and exact(c)]  # fmt: skip
        inside = [c for c in block if c.sentence == claim.sentence]
        plain = (
            len(inside) >= 2
            and max(inside, key=lambda c: c.quantity.size) is inside[0]
            and _plain(inside)
        )
        if plain or _opening(statements, inside, claim):
            parts = _taken(inside, claim)
            rest = inside[0].quantity.interval - total([p.quantity.interval for p in parts])
            fits = rest.meets(claim.quantity.interval)
            if fits or not _more_follows(statements, claim):
                yield rest_finding(statements, inside[0], parts, claim, fits=fits)
            continue
        found = _remainder_fit(block, _remainder_wholes(statements, claim, block), claim)
        if found is not None:
            yield rest_finding(statements, *found, claim, fits=True)


def _more_follows(statements: Statements, claim: Claim) -> bool:
    """138项中,已完成11项,未完成1项,126项正在推进: another figure of the unit follows, so this is not all that is left."""
    return any(
        c.index > claim.index and c.dimension == claim.dimension and c.kind is Kind.LEVEL
        for c in statements.sentence(claim)
    )


def _opening(statements: Statements, inside: list[Claim], claim: Claim) -> bool:
    """Whether the first figure of the sentence is what the later ones are done of: 共46个,完工31个,还有15个."""
    if (
        not 2 <= len(inside) <= _MOST_PARTS
        or inside[0].link is Link.REST
        or claim.index - inside[0].index != len(inside)
    ):
        return False
    first = statements.sentence(claim)[0]
    if first is not inside[0] or any(p.quantity.size > first.quantity.size for p in inside[1:]):
        return False
    between = statements.between(first, claim)
    return bool(_DONE_PART.search(between)) and ";" not in between


def _taken(inside: list[Claim], claim: Claim) -> list[Claim]:
    """The parts that leave the remainder: all of them, else those that do (one may be inside another)."""
    parts = inside[1:]
    whole = inside[0].quantity.interval
    for kept in [parts, *([p for p in parts if p is not one] for one in parts if len(parts) > 1)]:
        if (whole - total([p.quantity.interval for p in kept])).meets(claim.quantity.interval):
            return kept
    return parts


def _plain(inside: list[Claim]) -> bool:
    """Whether the first figure opens the sentence as its whole, followed by its parts only."""
    opened = (
        inside[0].definite
        or any(c.link is Link.PART for c in inside[1:])
        or inside[0].link is Link.TOTAL
    )
    return opened and sum("其中" in c.left for c in inside) <= 1


def _remainder_wholes(statements: Statements, claim: Claim, block: list[Claim]) -> list[Claim]:
    named = [c for share in statements.block(claim) if share.kind is Kind.SHARE and share.whole
             for c in statements.levels_named(share.whole, claim) if c.dimension == claim.dimension]  # fmt: skip
    return [
        *block[:1],
        *[c for c in block if c.definite or c.link is Link.TOTAL],
        *block[-5:],
        *named[:6],
    ]


def _remainder_fit(
    block: list[Claim], wholes: list[Claim], claim: Claim
) -> tuple[Claim, list[Claim]] | None:
    """A whole and the run of parts just before the remainder that leave it; None if none do."""
    for whole in wholes:
        others = [c for c in block[-_MOST_PARTS:] if c is not whole]
        for size in range(len(others), 0, -1):
            rest = whole.quantity.interval - total([p.quantity.interval for p in others[-size:]])
            if rest.meets(claim.quantity.interval):
                return whole, others[-size:]
    return None


def rest_finding(
    statements: Statements, whole: Claim, parts: list[Claim], claim: Claim, *, fits: bool
) -> Finding:
    """What is to be said of a whole, its parts and what is left."""
    value = whole.quantity.size - sum((p.quantity.size for p in parts), Decimal(0))
    arithmetic = (f"{show(whole)} - {' - '.join(show(p) for p in parts)} = {like(value, claim)} "
                  f"{'=' if fits else '≠'} {show(claim)}")  # fmt: skip
    message = (
        say("余数与总数、各部分相符。")
        if fits
        else say(
            "总数减去各部分应余%(value)s, 文中写%(claim)s。",
            value=like(value, claim),
            claim=show(claim),
        )
    )
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    return finding(statements, "remainder", verdict, [whole, *parts, claim], arithmetic, message)


def check_structure(statements: Statements) -> Iterator[Finding]:
    """三次产业结构为a:b:c: the parts of a structure make 100 (99.8 to 100.2 by rounding).

    Example: 6.7:24.9:68.4 → 100.0 → ok; 6.7:24.9:69.4 → 101.0 → inconsistent.
    Limits: only after 结构, 比例 or 构成, at least three parts, sum between 90 and 110.
    """
    text = statements.document.unified
    for block in statements.blocks_with(":∶"):
        for found in _RATIO.finditer(text, block.body, block.end):
            parts = [Decimal(p) for p in re.split("[:∶]", found.group())]
            before = text[max(block.start, found.start() - 24) : found.start()]
            value = sum(parts, Decimal(0))
            least = 2 if re.search(r"之比[^,;。]{0,3}$", before) and "." in found.group() else 3
            if len(parts) < least or not _SPLIT.search(before) or not 90 <= value <= 110:
                continue
            half = (
                Decimal(1).scaleb(-max(len(str(p).partition(".")[2]) for p in parts))
                * len(parts)
                / 2
            )
            fits = Interval(value - half, value + half).meets(Interval(Decimal(100), Decimal(100)))
            yield textual(statements, "structure", Verdict.OK if fits else Verdict.INCONSISTENT, [found.span()],
                          f"{' + '.join(str(p) for p in parts)} = {value}",
                          say("各部分合计为100。") if fits else say("各部分合计为%(value)s, 不是100。", value=value), Severity.MAJOR)  # fmt: skip


def check_opposite(statements: Statements) -> Iterator[Finding]:
    """7个街道中有5个完成目标,2个街道未完成: those that did and those that did not are all there are.

    Example: 5 + 2 = 7 → ok; 6 + 2 = 8 → inconsistent. Limits: one sentence, the same verb with 未 or 没有.
    """
    for whole in statements.definite:
        later = [c for c in statements.sentence(whole)
                 if c.index > whole.index and c.dimension == whole.dimension and c.kind is Kind.LEVEL
                 and c.depth == whole.depth and exact(c)]  # fmt: skip
        act = (
            re.match("已?(?:经|全部)?(?P<act>[\u4e00-\u9fff]{2})", later[0].right)
            if later
            else None
        )
        if act is None or len(later) != 2:
            continue
        if not re.match(f"[\u4e00-\u9fff]{{0,6}}?(?:尚?未|没有)能?{act['act']}", later[1].right):
            continue
        value = sum((c.quantity.size for c in later), Decimal(0))
        fits = value == whole.quantity.size
        yield finding(statements, "remainder", Verdict.OK if fits else Verdict.INCONSISTENT, [whole, *later],
                      f"{show(later[0])} + {show(later[1])} = {like(value, whole)} {'=' if fits else '≠'} {show(whole)}",
                      say("余数与总数、各部分相符。") if fits else
                      say("已%(act)s的与未%(act)s的共%(value)s, 文中总数为%(whole)s。", act=act['act'], value=like(value, whole), whole=show(whole)))  # fmt: skip


_UNDONE = re.compile(
    r"[,、]?(?:(?:尚|还|仍)?有?(?:未|没有|没|不)能?|(?:还|仍)?(?:正在|仍在|还在|在))(?P<act>[\u4e00-\u9fff]{1,3}?)的?有?"
)
_ALL_OF = re.compile(
    r"共|总|[收立]案|新收|移[交送]|登记|受理|收到|接到|接收|交办|转办|排查|发现|纳入|应|需|计划|现有|任务|抽[查检]|检查"
)


def check_done_and_undone(statements: Statements) -> Iterator[Finding]:
    """受理A件,审结B件,未审结C件: what was done and what was not are all that there was.

    Example: 受理300件,审结200件,未审结100件 → ok; 未审结150件 → inconsistent.
    Limits: the three follow each other at the head of a sentence, the same verb with 未 or 没有.
    """
    for undone in statements.of_kind(Kind.LEVEL):
        found = _UNDONE.fullmatch(undone.left)
        first = statements.sentence(undone)[:3]
        if found is None or len(first) < 3 or first[2] is not undone:
            continue
        whole, done, _ = first
        alike = all(
            exact(c) and c.level and c.dimension == undone.dimension and not c.depth for c in first
        )
        if not alike or not _ALL_OF.search(whole.left) or not done.left.endswith(found["act"]):
            continue
        rest = whole.quantity.interval - done.quantity.interval
        fits = rest.meets(undone.quantity.interval)
        yield rest_finding(statements, whole, [done], undone, fits=fits)


def check_stages_overlap(statements: Statements) -> Iterator[Finding]:
    """Stages of one whole that add up to more than it must overlap: the scope wants a word.

    Example: 64个项目中,已备案40个,已开工20个,已投产3个,办手续9个: 72 > 64, at least 8 counted twice → ambiguous.
    Limits: never called inconsistent: a project that is built was also registered.
    """
    for claim in statements.definite:
        block = statements.block(claim)
        stop = min((c.index for c in block if c.definite and c.index > claim.index), default=10**9)
        shares = {
            c.index - 1 for c in block if c.kind is Kind.SHARE and claim.index < c.index < stop
        }
        parts = [c for c in block
                 if c.index in shares and c.dimension == claim.dimension and c.kind is Kind.LEVEL]  # fmt: skip
        value = sum((p.quantity.size for p in parts), Decimal(0))
        if (
            len(parts) > 1
            and value > claim.quantity.size
            and all(p.quantity.size <= claim.quantity.size for p in parts)
        ):
            yield finding(statements, "stages_overlap", Verdict.AMBIGUOUS, [claim, *parts],
                          f"{' + '.join(show(p) for p in parts)} = {value:f} > {show(claim)}",
                          say("各阶段合计多于总数, 至少%(value)s个重复计入, 阶段之间是否包含需要说明。", value=f"{value - claim.quantity.size:f}"),
                          Severity.MINOR)  # fmt: skip
