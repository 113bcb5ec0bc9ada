"""Parts, wholes and balances told in any words, among figures that no check before has used."""

import re
from collections.abc import Iterator
from itertools import pairwise

from shangheng.methods.claims.checks.base import exact, finding, like, show, slip
from shangheng.methods.claims.checks.remainders import rest_finding
from shangheng.methods.claims.checks.roles import difference, kin, lead, noun, passages, standard
from shangheng.methods.claims.checks.shares import judge
from shangheng.methods.claims.checks.sums import adds_up, open_list, sum_finding
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval, total
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_MOST = 24
_ALTOGETHER = re.compile(
    r"(?:合计|共计|总计|总共|一共|合共|总和|之和|加起来|加总|相加|汇总|合并|[二两三四五六七八九各]者|[二两三四五六七八九各][项类块笔处批]|共|累计|总[量额数值计])[\u4e00-\u9fff]{0,8}$"
)
_DIVIDES = re.compile(
    r"分别|构成|组成|分[为成别布]|来自|各[为占有]|即|依次|[:(]|—|按[^,;。]{1,8}[分看计]"
)
_REMAINS = re.compile(
    r"(?:[剩余欠缺]|未|尚|还|仍|待|没)[\u4e00-\u9fff]{0,8}$|^(?:的)?(?:未|尚|仍|还|待|没|正在|继续|留待|结转)"
)
_ACT = re.compile(r"(?P<act>[\u4e00-\u9fff]{2})的?$")
_BY_KIND = re.compile(r"其中|[从按就分][^,;。]{1,12}(?:看|分|划分|统计|来说)|[:;]")
_MAKE_UP = re.compile(r"构成|结构|组成|划分|分[类为]|分布|来源|比例为|各占|分别占")
_CAME = re.compile(
    r"(?:新[\u4e00-\u9fff]{1,3}|[迁流转调进收购增加入登注受接][入进到收购加册记理来]|招[录聘收引]|开[业办]|出生|引进|收入|安排|拨入|补充|购[入进置]|添置|增加|扩[充建])[\u4e00-\u9fff]{0,6}$"
)
_WENT = re.compile(
    r"(?:注销|吊销|退[出市休场]|[\u4e00-\u9fff]出(?!口|生)|关[停闭]|停业|倒闭|撤[场店离]|离[职场开]|死亡|流失|淘汰|清退|减少|报废|拆除|核[减销]|支[付出]|消耗|使用|用去|耗用|归还|偿还|[审办销了完]结|[销结]案|化解|销售|卖)[\u4e00-\u9fff]{0,6}$"
)
_NET = re.compile(
    r"(?:净[\u4e00-\u9fff]{0,4}|相抵[\u4e00-\u9fff]{0,4}|差额|[结盈节留]余|余额|[顺逆]差|实有|现有|[期年月季]末[\u4e00-\u9fff]{0,6}|留存|库存|结存|尚[有存]|在[库册营岗][\u4e00-\u9fff]{0,4}|目前[\u4e00-\u9fff]{0,4}|总[量数][\u4e00-\u9fff]{0,2})$"
)
_HAD = re.compile(r"上年|去年|[年期月季]初|原有|原来|结转|期初|旧|前期|上[期月季]")


def check_parts_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """Parts and their total, what remains, what came and went, in whatever order and words.

    Example: 甲片拆除12处,乙片9处,两片加起来22处: 12 + 9 = 21 → inconsistent.
    Limits: all figures of the measure in the sentence take part; a total must come near what its parts make.
    """
    for sentence in passages(statements):
        if not 3 <= len(sentence) <= _MOST:
            continue
        for dimension in {c.dimension for c in sentence} - {PERCENT, POINT, MULTIPLE, RANK, ""}:
            group = [c for c in sentence if c.dimension == dimension and not c.depth]
            if len(group) < 3 or any(c.index in settled or not exact(c) for c in group):
                continue
            found = (
                _balance(statements, group)
                or _remainder(statements, group)
                or _total(statements, group)
            )
            if found is not None:
                settled.update(found.claims)
                yield found


def check_shares_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """受理投诉500件。从类别看,商品类300件,占60%: the part before its share, the whole in the sentence before.

    Example: 300 ÷ 500 = 60 % → ok; 占70% → inconsistent. 客源构成:本市占50%、省内占30%、省外占25% makes 105: wrong.
    Limits: one figure only that the part may be a part of, and words that divide it (其中, 从…看, 按…分, brackets).
    """
    for passage in passages(statements):
        for claim in passage:
            if (
                claim.kind is Kind.SHARE
                and claim.index not in settled
                and exact(claim)
                and not claim.name
            ):
                found = _share(statements, passage, claim)
                if found is not None:
                    settled.update(found.claims)
                    yield found
    for sentence in statements.sentences:
        yield from _structure(statements, sentence, settled)
        for one, other in pairwise(sentence):
            yield from _of_those(statements, one, other)


def _of_those(statements: Statements, one: Claim, other: Claim) -> Iterator[Finding]:
    """开工40个,开工项目中已投产45个: more than those of whom it is told."""
    act = _ACT.search(lead(statements, one))
    plain = (Link.NONE, Link.PART)
    if act is None or one.link not in plain or other.link not in plain:
        return
    alike = one.dimension == other.dimension and one.quantity.unit.counts
    again = rf"{act['act']}(?:后|的)?[\u4e00-\u9fff]{{0,6}}?(?:中|已|的)"
    if not (alike and exact(one) and exact(other)) or not re.search(again, lead(statements, other)):
        return
    if other.quantity.size > one.quantity.size:
        yield finding(statements, "part_of_whole", Verdict.INCONSISTENT, [one, other], f"{show(other)} > {show(one)}",
                      say("“其中”的%(part)s大于总数%(whole)s%(hint)s。", part=show(other), whole=show(one), hint=""))  # fmt: skip


def _share(statements: Statements, passage: list[Claim], claim: Claim) -> Finding | None:
    place = claim.index - passage[0].index
    if place < 2 or claim.whole:
        return None
    part = passage[place - 1]
    if part.kind is not Kind.LEVEL or not exact(part) or part.sentence != claim.sentence:
        return None
    wholes = [c for c in passage[: place - 1]
              if c.dimension == part.dimension and passage[c.index - passage[0].index + 1].kind is not Kind.SHARE]  # fmt: skip
    opening = statements.document.unified[statements.sentence_start(part) : part.start]
    bracketed = claim.depth > part.depth
    if (
        len(wholes) != 1
        or not (bracketed or _BY_KIND.search(opening))
        or standard(statements, wholes[0])
    ):
        return None
    whole = wholes[0]
    if whole.kind is not Kind.LEVEL or not exact(whole) or whole.quantity.size < part.quantity.size:
        return None
    return judge(statements, "share", claim, part, [whole], [])


def _structure(
    statements: Statements, sentence: list[Claim], settled: set[int]
) -> Iterator[Finding]:
    """Three or more shares of one sentence that words call a structure make 100."""
    run = [c for c in sentence if c.dimension == PERCENT and c.kind is not Kind.GROWTH]
    if (
        len(run) < 3
        or len(run) != run[-1].index - run[0].index + 1
        or any(c.index in settled or not exact(c) for c in run)
    ):
        return
    opening = statements.document.unified[statements.sentence_start(run[0]) : run[0].start]
    if not _MAKE_UP.search(opening) or any(
        c.kind not in (Kind.SHARE, Kind.OTHER, Kind.RATE) for c in run
    ):
        return
    made = total([c.quantity.interval for c in run])
    value = sum(c.quantity.value for c in run)
    if not 88 <= value <= 112 or open_list(statements, run[-1]):
        return
    fits = made.low <= 100 <= made.high
    yield finding(statements, "structure", Verdict.OK if fits else Verdict.INCONSISTENT, run,
                  f"{' + '.join(show(c) for c in run)} = {value}%",
                  say("各部分合计为100。") if fits else say("各部分合计为%(value)s, 不是100。", value=value))  # fmt: skip


def _plain(statements: Statements, parts: list[Claim], *, total: bool = False) -> bool:
    """Whether figures are amounts of their own, none of them set against another."""
    return all(
        c.kind is Kind.LEVEL
        and (c.link in (Link.NONE, Link.PART) or (total and c.link is Link.REST))
        and not difference(c)
        and not standard(statements, c)
        for c in parts
    )


def _apart(parts: list[Claim], whole: Claim) -> float:
    """How far what the parts make is from the whole, as a part of the whole."""
    size = whole.quantity.size
    made = sum(p.quantity.size for p in parts)
    return float(abs(made - size) / size) if size else 1.0


def _total(statements: Statements, group: list[Claim]) -> Finding | None:
    *parts, whole = group
    if _ALTOGETHER.search(lead(statements, whole)) and whole.kind is Kind.LEVEL:
        told = _plain(statements, parts, total=True) and all(
            p.quantity.size < whole.quantity.size for p in parts
        )
        if told and (not noun(whole) or any(kin(whole, p) for p in parts)):
            return _made(statements, parts, whole, most=0.35)
    whole, *parts = group
    if (
        whole.kind is not Kind.LEVEL
        or not _plain(statements, parts)
        or open_list(statements, parts[-1])
    ):
        return None
    if any(p.quantity.size >= whole.quantity.size for p in parts):
        return None
    divided = _DIVIDES.search(statements.between(whole, parts[0]))
    return _made(statements, parts, whole, most=0.35 if divided else 0.0)


def _made(
    statements: Statements, parts: list[Claim], whole: Claim, *, most: float
) -> Finding | None:
    fits = adds_up(parts, whole)
    if not fits and _apart(parts, whole) > most:
        return None
    return sum_finding(statements, "sum", parts, whole, fits=fits)


def _remainder(statements: Statements, group: list[Claim]) -> Finding | None:
    whole, *parts, rest = group
    words = lead(statements, rest)
    if not (_REMAINS.search(words) or _REMAINS.match(rest.right)) or rest.kind not in (
        Kind.LEVEL,
        Kind.GAP,
    ):
        return None
    if (
        any(p.quantity.size > whole.quantity.size for p in (*parts, rest))
        or whole.link is Link.BASE
    ):
        return None
    if any(p.kind not in (Kind.LEVEL, Kind.CHANGE) for p in parts):
        return None
    left = whole.quantity.interval - total([p.quantity.interval for p in parts])
    fits = left.meets(rest.quantity.interval)
    if not fits and (left.low < 0 or _apart([*parts, rest], whole) > 0.25):
        return None
    return rest_finding(statements, whole, parts, rest, fits=fits)


def _balance(statements: Statements, group: list[Claim]) -> Finding | None:
    if _NET.search(lead(statements, group[0])) and not _HAD.search(lead(statements, group[0])):
        group = [*group[1:], group[0]]
    last = group[-1]
    if not _NET.search(lead(statements, last)) or len(group) > 4:
        return None
    signs = [_sign(lead(statements, c)) for c in group[:-1]]
    first = group[0]
    if len(group) == 4 or (_HAD.search(lead(statements, first)) and 0 in signs):
        if not _HAD.search(lead(statements, first)) or 0 in signs[1:]:
            return None
        signs[0] = 1
    elif sorted(signs) != [-1, 1]:
        return None
    span = Interval(first.quantity.interval.low * 0, first.quantity.interval.low * 0)
    for claim, sign in zip(group[:-1], signs, strict=True):
        moved = claim.quantity.interval
        span = span + moved if sign > 0 else span - moved
    fits = span.meets(last.quantity.interval) or Interval(-span.high, -span.low).meets(
        last.quantity.interval
    )
    value = abs(span.low + span.high) / 2
    shown = "".join(
        f" {'+' if s > 0 else '-'} {show(c)}" for c, s in zip(group[:-1], signs, strict=True)
    )
    return finding(statements, "balance", Verdict.OK if fits else Verdict.INCONSISTENT, group,
                   f"{shown.removeprefix(' + ')} = {like(value, last)} {'=' if fits else '≠'} {show(last)}",
                   say("期初、增减与期末相符。") if fits else
                   say("按期初与增减应为%(value)s, 文中写%(last)s。", value=like(value, last), last=show(last)) + slip(span, last.quantity.interval))  # fmt: skip


def _sign(words: str) -> int:
    """1 for what came, −1 for what went, 0 for neither."""
    if _WENT.search(words):
        return -1
    return 1 if _CAME.search(words) else 0
