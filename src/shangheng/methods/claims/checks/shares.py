"""Shares, completion, rates: one figure as a percentage of another."""

import re
from collections.abc import Iterator

from shangheng.methods.claims.checks.base import (
    aim,
    antecedent,
    before,
    before_and_in_brackets,
    due_and_met,
    exact,
    finding,
    number,
    printed,
    same_time,
    series,
    show,
    slip,
)  # fmt: skip
from shangheng.methods.claims.checks.wholes import named_by, wholes_of
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.quantities.units import PERCENT
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements, named
from shangheng.methods.wording import say

_GENERAL = re.compile(r"产业|企业|项目|投资|增加值?|完成|总[额量值]|产值|收入|全[区市县省]")
_IS = re.compile(r"[,、]?(?:为|达|计|即|约|共计|金额为?|规模为?|达到)")
_GIVEN = re.compile(r"安排|下达|预算|计划|任务|应[\u4e00-\u9fff]{1,2}$")
_DONE = re.compile(r"[,、]?(?:已|实际)?完成(?:了|率)?(?:达|为)?")
_SPENT = re.compile(r"实际|支出|完成|拨付|执行|使用|已")


def check_share(statements: Statements) -> Iterator[Finding]:
    """占比: the part as a percentage of its whole must round to the printed share.

    Example: 64个在建项目中,已封顶40个,占62.5%: 40 ÷ 64 = 62.5 % → ok; 占65% → inconsistent.
    The whole is the figure that the words name (占签约项目的…), or the one before 其中.
    Limits: a share of something whose figure is not in the report (占全市的…) is not checked; when
    several figures could be the whole and one of them fits, nothing is said.
    """
    for claim in statements.of_kind(Kind.SHARE):
        if claim.dimension != PERCENT:
            continue
        if claim.whole == wording.FIGURE_BEFORE:
            yield from _of_figure(statements, claim)
            continue
        if claim.whole == "后者" and claim.name == "前者":
            yield from _former_of_latter(statements, claim)
            continue
        if (told := _told_after(statements, claim)) is not None:
            yield told
            continue
        part = antecedent(statements, claim) or _part_after(statements, claim)
        if part is None or part.dimension == PERCENT or not _speaks_of(claim, part):
            continue
        strong, weak = wholes_of(statements, claim, part)
        result = judge(statements, "share", claim, part, strong, weak)
        if result is not None:
            yield result


def _of_figure(statements: Statements, claim: Claim) -> Iterator[Finding]:
    """占工业投资30亿元的40%: the whole stands just before the share, the part before that."""
    levels = [c for c in before(statements, claim) if c.level]
    if claim.depth and len(levels) == 1:
        levels += _glossed(statements, levels[0])
    ratios = series(statements, claim)
    parts = levels[1 : 1 + len(ratios)][::-1]
    if len(parts) < len(ratios) or len({c.dimension for c in levels[: 1 + len(ratios)]}) > 1:
        return
    part = parts[ratios.index(claim)]
    if len(ratios) > 1 and "分别" not in ratios[0].phrase:
        return
    others = [c for c in levels if c is not part and c is not levels[0]]
    result = judge(statements, "share", claim, part, [levels[0]], others)
    if result is not None:
        yield result


def _glossed(statements: Statements, inside: Claim) -> list[Claim]:
    """材料60份(占全部300份的20%): the figure that brackets speak of, just before them."""
    outside = statements.claims[max(inside.index - 1, 0)]
    told = outside.sentence == inside.sentence and outside.depth == inside.depth - 1
    return [outside] if told and outside.level else []


def _former_of_latter(statements: Statements, claim: Claim) -> Iterator[Finding]:
    """甲53.2亿元,乙152.0亿元,前者占后者的35.0%: the only two figures before the share."""
    levels = [c for c in before(statements, claim) if c.level]
    if len(levels) == 2 and levels[0].dimension == levels[1].dimension:
        result = judge(statements, "share", claim, levels[1], [levels[0]], [])
        if result is not None:
            yield result


def _told_after(statements: Statements, claim: Claim) -> Finding | None:
    """投资60亿元,其中民间投资占40%,为24亿元: the part that follows its share, without a name."""
    sentence = [c for c in statements.sentence(claim) if c.depth == claim.depth]
    at = next(i for i, c in enumerate(sentence) if c is claim)
    if not at or at + 1 == len(sentence) or "其中" not in claim.phrase or claim.whole:
        return None
    whole, part = sentence[at - 1], sentence[at + 1]
    plain = whole.kind is part.kind is Kind.LEVEL and whole.dimension == part.dimension
    if not plain or not _IS.fullmatch(part.left):
        return None
    return judge(statements, "share", claim, part, [whole], [])


def _part_after(statements: Statements, claim: Claim) -> Claim | None:
    """甲占乙比重为27%,其中乙210亿元,甲46.2亿元: the part that the share names, where it follows."""
    name = wording.core(claim.name)
    if len(name) < 3 or not claim.whole:
        return None
    found = [c for c in statements.sentence(claim)
             if c.index > claim.index and c.kind is Kind.LEVEL and named(c, name)]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _speaks_of(claim: Claim, part: Claim) -> bool:
    """Whether a share with a subject of its own (工业投资占比) speaks of the figure before it."""
    subject = _GENERAL.sub(" ", claim.name)
    if not subject.strip():
        return True
    words = part.name + part.right + part.left
    return any(
        subject[i : i + 2] in words
        for i in range(len(subject) - 1)
        if " " not in subject[i : i + 2]
    )


def judge(
    statements: Statements,
    check: str,
    claim: Claim,
    part: Claim,
    strong: list[Claim],
    weak: list[Claim],
) -> Finding | None:
    """What is to be said of a percentage, its part and the figures that may be its whole; None to say nothing."""
    fits = [w for w in strong if _fits(claim, part, w)]
    if fits:
        whole = fits[-1]
        verdict = Verdict.OK
    elif strong and exact(part) and _firm(claim) and all(exact(w) for w in strong):
        if _otherwise(statements, claim, part, weak):
            return None
        whole, verdict = strong[-1], Verdict.INCONSISTENT
    else:
        return None
    share = part.quantity.interval.percent_of(whole.quantity.interval)
    if share is None or (verdict is Verdict.INCONSISTENT and check == "share" and share.low > 100):
        return None
    value = part.quantity.size / whole.quantity.size * 100
    sign = "≈" if verdict is Verdict.OK else "≠"
    arithmetic = f"{show(part)} ÷ {show(whole)} = {number(value)}% {sign} {show(claim)}"
    hint = "" if verdict is Verdict.OK else slip(share, printed(claim))
    message = say("占比与分子、分母相符。") if verdict is Verdict.OK else (
        say("按文中数字计算占比应为%(value)s%%, 文中写%(claim)s%(hint)s。", value=number(value, 1), claim=show(claim), hint=hint))  # fmt: skip
    return finding(statements, check, verdict, [part, whole, claim], arithmetic, message)


def _firm(claim: Claim) -> bool:
    """Whether a percentage says something firm: given as such, or 超过60% and 不到60%."""
    return exact(claim) or claim.bounding in (
        "超过",
        "超",
        "突破",
        "逾",
        "高于",
        "不足",
        "不到",
        "低于",
    )


def _fits(claim: Claim, part: Claim, whole: Claim) -> bool:
    share = part.quantity.interval.percent_of(aim(whole))
    return share is not None and share.meets(printed(claim))


def _otherwise(statements: Statements, claim: Claim, part: Claim, weak: list[Claim]) -> bool:
    """Whether another reading of the sentence would make the share right."""
    parts = [
        c
        for c in before(statements, claim)
        if c.dimension == part.dimension and c.kind is Kind.LEVEL
    ]
    return any(_fits(claim, p, w) for p in parts[:4] for w in weak[-6:] if p is not w)


def check_completion(statements: Statements) -> Iterator[Finding]:
    """完成率: the result as a percentage of its target must round to the printed percentage.

    Example: 完成24627万元,完成年初预算数60999万元的40.4%: 24627 ÷ 60999 = 40.37 % → ok.
    Limits: the target must stand in the same sentence (or be the only one of the paragraph) in the
    same unit; 完成进度 against targets given elsewhere is not checked.
    """
    for claim in statements.of_kind(Kind.COMPLETION, Kind.OTHER):
        if claim.kind is Kind.OTHER and not (
            claim.dimension == PERCENT and _DONE.fullmatch(claim.left)
        ):
            continue
        earlier = list(before_and_in_brackets(statements, claim))
        targets = [c for c in earlier if c.kind is Kind.TARGET and c.dimension != PERCENT]
        levels = [c for c in earlier if c.kind in (Kind.LEVEL, Kind.CHANGE)]
        pair = _completion_pair(levels, targets)
        if pair is None or not comparable_tier(claim, pair[1]):
            continue
        level, target = pair
        weak = [c for c in targets if c is not target]
        result = judge(statements, "completion", claim, level, [target], weak)
        if result is not None:
            yield result


def comparable_tier(claim: Claim, target: Claim) -> bool:
    """Whether the completion speaks of this tier: no other tier is named."""
    named = wording.TIERS.search(claim.whole + "目标") if claim.whole else None
    return named is None or not target.tier or named["tier"] == target.tier


def _completion_pair(levels: list[Claim], targets: list[Claim]) -> tuple[Claim, Claim] | None:
    if not targets and len(levels) > 1 and levels[0].dimension == levels[1].dimension:
        spent, given = levels[:2]
        told = _GIVEN.search(given.left) and _SPENT.search(spent.left)
        return (spent, given) if told and given.index == spent.index - 1 else None
    for target in targets[:1]:
        same = [c for c in levels if c.dimension == target.dimension]
        if same:
            return same[0], target
    return None


def _out_of(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """调解成功率95%,300起纠纷中成功调解285起: what was done and what there was, after the rate."""
    after = [
        c for c in statements.sentence(claim) if c.index > claim.index and c.depth == claim.depth
    ][:2]
    if len(after) < 2 or statements.sentence(claim)[0] is not claim:
        return None
    whole, done = after
    told = whole.definite or whole.link is Link.TOTAL or _TAKEN.search(whole.left)
    plain = whole.kind is done.kind is Kind.LEVEL and whole.dimension == done.dimension
    return (done, whole) if told and plain and whole.index == claim.index + 1 else None


_TAKEN = re.compile(r"受理|收到|接到|共|抽[检查测]|检[测查验]|参评|应")


def _told_by(stem: str, words: str) -> bool:
    """Whether a rate is named by what was done, in either order: 回收率 after 收回."""
    return named_by(stem, words) or named_by(stem[::-1], words)


def check_rate(statements: Statements) -> Iterator[Finding]:
    """整改率, 办结率, 合格率 …: what was done out of what there was, both in the sentence before it.

    Example: 发现隐患120处,整改118处,整改率98.3%: 118 ÷ 120 = 98.33 % → ok.
    Limits: accused only when exactly two figures of one unit stand before the rate and the second
    one is named by the word of the rate (整改率 … 整改); otherwise silence.
    """
    for claim in statements.of_kind(Kind.RATE, Kind.COMPLETION):
        if claim.dimension != PERCENT:
            continue
        found = re.search(r"(?P<stem>[\u4e00-\u9fff]{2})(?:完成|化)?(?:率|面|比例)", claim.left)
        if claim.link is not Link.NONE or (
            found and found["stem"] in ("目标", "任务", "计划", "年度")
        ):
            continue
        same = [c for c in before(statements, claim) if c.kind is Kind.LEVEL]
        if len(same) == 1 and statements.claims[same[0].index - 1].kind is Kind.TARGET:
            same += [c for c in before(statements, same[0]) if c.kind is Kind.TARGET][:1]
        pair = _out_of(statements, claim) if not same else None
        if found is None or (
            pair is None and (len(same) < 2 or same[0].dimension != same[1].dimension)
        ):
            continue
        done, whole = pair or (same[0], same[1])
        if ";" in statements.between(whole, claim) or claim.quantity.unit.name != "%":
            continue
        words = done.left + done.right
        told = due_and_met(whole, done) or _told_by(found["stem"], words)
        if re.search(f"[不未没]{found['stem'][0]}", words):
            continue
        if not told or not same_time(done, whole):
            continue
        alike = [c for c in same if c.dimension == done.dimension]
        result = judge(statements, "rate", claim, done, [whole], alike[2:])
        if result is not None:
            yield result
