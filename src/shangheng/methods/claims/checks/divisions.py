"""Wholes that the text divides completely: 即, 由…构成, 分三批, a total named as the total of its kind."""

import re
from collections.abc import Iterator
from itertools import pairwise

from shangheng.methods.claims.checks.base import exact, finding, show
from shangheng.methods.claims.checks.sums import adds_up, open_list, partition, sum_finding
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_ALL_OF_IT = re.compile(
    r"^[\u4e00-\u9fff]{0,10}[,:(]?(?:即|也就是|分别(?:是|为)|分(?:为|成)?[二两三四五六七八九]?[批类期档个种级][^,;。:]{0,6}[,:]?|[按从][\u4e00-\u9fff]{2,8}(?:划?分|看)[,:])"
)
_DIVIDED_BY = re.compile(r"\s*[按从分][\u4e00-\u9fff]{2,12}?(?:划?分|来?看|统计)?,")
_COMPOSED = re.compile(r"^[\u4e00-\u9fff]{0,4}(?:构成|组成)")
_COLON = re.compile(r"^[\u4e00-\u9fff]{0,10}[,]?(?:分[\u4e00-\u9fff]{1,8})?:")
_INCLUDES = re.compile(r"其中|包括|包含|涵盖|主要|含")
_TOTAL_NAME = re.compile(
    r"总(?:量|数|额|值|投入|投资|收入|产量|产值|面积|里程|规模|计|人数|户数|得?分)$"
)
_SO_FAR = re.compile(
    r"^[,、]?(?:目前|现|已)?(?:累计(?:建成|达到?|开通|拥有|认定)?|总[数量](?:达到?|为)?|达到)(?:了)?$"
)
_ONLY_PARTS = re.compile(r"[\u4e00-\u9fff]{0,10}\([^()]{0,16}$")
_SECTORS = re.compile(r"三次产业|一、二、三(?:次)?产")
_GAINED = re.compile("新[建增开设认]|净增")
_OTHER_SCOPE = re.compile("总|累计|新增")
_ONE_BY_ONE = re.compile("(?<![总得])分$")
_MOST = 8


def check_division(statements: Statements) -> Iterator[Finding]:
    """W,即A、B和C; W由A和B构成; W分三批:A、B、C; A、B,…总量W: the parts are all of it and add up to W.

    Example: 收入58.3亿元,由税收43.7亿元和非税14.6亿元构成 → 43.7 + 14.6 = 58.3 → ok; 非税16.2亿元 → inconsistent.
    国内游客312万人次、入境游客4.5万人次,游客总量316.5万人次 → ok. Limits: parts follow each other without any
    other figure between them, in the unit of the whole; 等, 其中 and 包括 leave the list open.
    """
    for claims in statements.sentences:
        outer = [c for c in claims if c.depth == 0 and not _ONE_BY_ONE.search(c.left)]
        for place, whole in enumerate(outer):
            if whole.kind is not Kind.LEVEL or not exact(whole):
                continue
            after = _run(outer[place + 1 :], whole)
            left = outer[place + 1 + len(after) :][:1]
            if left and left[0].link is Link.REST and left[0].dimension == whole.dimension:
                continue
            if len(after) > 1 and _divided(statements, whole, after):
                yield _finding(statements, after, whole)
            earlier = _run(outer[:place][::-1], whole)[::-1]
            if len(earlier) > 1 and len(earlier) == place and _totalled(statements, whole, earlier):
                yield _finding(statements, earlier, whole)


def check_bracketed_parts(statements: Statements) -> Iterator[Finding]:
    """新设30处(甲街道10处、乙街道8处、丙镇12处): what the brackets after a count list is all of it.

    Example: 10 + 8 + 12 = 30 → ok; 9 for the last → inconsistent. Limits: at least two parts of its unit and
    nothing else in the brackets; 其中, 含, 如 and 等 leave the list open.
    """
    text = statements.document.unified
    for claims in statements.sentences:
        for place, whole in enumerate(claims[:-2]):
            if whole.depth or not whole.level or not exact(whole) or claims[place + 1].depth == 0:
                continue
            parts = []
            for claim in claims[place + 1 : place + 1 + 2 * _MOST]:
                if claim.depth == 0 or claim.dimension != whole.dimension or not exact(claim):
                    break
                parts.append(claim)
            if len(parts) < 2 or not _ONLY_PARTS.match(text, whole.end, parts[0].start):
                continue
            inside = text[parts[0].start : parts[-1].end + 2]
            closed = inside[-2:-1] == ")" and not re.search(r"[);]|其中|等", inside[:-2])
            if closed and not _INCLUDES.search(parts[0].left):
                yield _finding(statements, parts, whole)


def check_divided_by(statements: Statements) -> Iterator[Finding]:
    """W。按…分,A,B: the sentence divides the figure of the one before it, and its names are all there are.

    Example: 零售总额585.8亿元。按地区分,城镇526.5亿元,增长5%;乡村59.3亿元 → ok; 乡村69.3亿元 → inconsistent.
    Limits: one figure of the unit in the sentence before, the parts known as all of it (城镇 and 乡村, 商品 and 餐饮).
    """
    text = statements.document.unified
    for claims in statements.sentences:
        opening = text[statements.sentence_start(claims[0]) : claims[0].start]
        if not _DIVIDED_BY.match(opening):
            continue
        parts = [c for c in claims if c.kind is Kind.LEVEL and c.link is Link.NONE and c.depth == 0]
        earlier = [c for c in statements.block_until(claims[0])
                   if c.sentence == claims[0].sentence - 1 and c.kind is Kind.LEVEL and c.link is Link.NONE]  # fmt: skip
        alike = len(earlier) == 1 and all(_inside(c, earlier[0]) for c in parts)
        if (
            alike
            and any(_share_words(c, earlier[0]) for c in parts)
            and all(exact(c) for c in (*earlier, *parts))
            and partition(statements, parts)
        ):
            yield _finding(statements, parts, earlier[0])


def _inside(part: Claim, whole: Claim) -> bool:
    return part.dimension == whole.dimension and part.quantity.size <= whole.quantity.size


def _share_words(part: Claim, whole: Claim) -> bool:
    pairs = (whole.name[i : i + 2] for i in range(len(whole.name) - 1))
    return any(pair in part.name for pair in pairs)


def check_new_in_total(statements: Statements) -> Iterator[Finding]:
    """新建420个,累计建成1680个: what is new is part of what there is in all.

    Example: 新建420个,累计建成380个 → 420 > 380 → inconsistent. Limits: the two figures follow each other in
    one sentence, the second one without a name of its own.
    """
    for claims in statements.sentences:
        for new, whole in pairwise(c for c in claims if c.depth == 0):
            if new.dimension != whole.dimension or not (exact(new) and exact(whole)):
                continue
            if whole.kind is not Kind.LEVEL or not _SO_FAR.match(whole.left):
                continue
            if new.kind not in (Kind.LEVEL, Kind.CHANGE) or not _GAINED.search(new.left):
                continue
            fits = new.quantity.interval.low <= whole.quantity.interval.high
            yield finding(statements, "part_of_whole", Verdict.OK if fits else Verdict.INCONSISTENT,
                          [new, whole], f"{show(new)} {'<=' if fits else '>'} {show(whole)}",
                          say("新增数不超过累计数。") if fits else say("新增%(new)s多于累计%(whole)s。", new=show(new), whole=show(whole)))  # fmt: skip


def _run(claims: list[Claim], whole: Claim) -> list[Claim]:
    """The claims that follow each other in the unit of the whole, as plain levels."""
    kept: list[Claim] = []
    for claim in claims[: _MOST + 1]:
        plain = claim.kind is Kind.LEVEL and claim.link in (Link.NONE, Link.PART)
        if claim.dimension != whole.dimension or not plain or not exact(claim):
            break
        if claim.planned != whole.planned or _OTHER_SCOPE.search(claim.name + claim.left):
            break
        kept.append(claim)
    return kept[:_MOST]


def _divided(statements: Statements, whole: Claim, parts: list[Claim]) -> bool:
    """Whether the words between a whole and what follows say that it is all of it."""
    between = statements.between(whole, parts[0])
    if open_list(statements, parts[-1]) or whole.link is Link.PART:
        return False
    tail = statements.document.unified[parts[-1].end : parts[-1].end + 8]
    if "由" in between and _COMPOSED.match(tail):
        return True
    if _INCLUDES.search(between):
        return False
    if _ALL_OF_IT.match(between) or (_COLON.match(between) and len(parts) > 2):
        return True
    if whole.definite and partition(statements, parts):
        return True
    name = wording.core(whole.name)
    if "生产总值" in name and len(parts) == 3 and _SECTORS.search(parts[0].phrase):
        return True
    bare = all(p.clause == whole.clause + i and len(p.left) <= 6 for i, p in enumerate(parts, 1))
    if bare and partition(statements, parts):
        return True
    kin = len(name) > 1 and all(name[-2:] in p.name for p in parts)
    return kin and partition(statements, parts)


def _totalled(statements: Statements, whole: Claim, parts: list[Claim]) -> bool:
    """Whether a figure is named as the total of the kind that all before it are of."""
    name = wording.core(whole.name)
    if "全年" in statements.between(parts[-1], whole) and not name:
        return partition(statements, parts)
    if len(parts) == 3 and (_SECTORS.search(parts[0].phrase) or partition_of_sectors(parts)):
        return "生产总值" in name
    found = _TOTAL_NAME.search(whole.name) or _TOTAL_NAME.search(name)
    if not found or parts[0].clause == whole.clause:
        return False
    stem = (whole.name[: found.start()] or found.group()[1:])[-2:]
    kind = found.group()[1:]
    if stem in parts[0].name and partition(statements, parts):
        return True
    return all(
        (len(stem) > 1 and stem in p.name) or (len(kind) > 1 and kind in p.name) for p in parts
    )


def partition_of_sectors(parts: list[Claim]) -> bool:
    """Whether the parts are the first, second and third sector."""
    return all(f"{n}产" in p.name for n, p in zip("一二三", parts, strict=True))


def _finding(statements: Statements, parts: list[Claim], whole: Claim) -> Finding:
    return sum_finding(statements, "sum", parts, whole, fits=adds_up(parts, whole))
