"""One fact stated twice, and a whole taken up again with another number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from shangheng.methods.claims.checks.base import comparable, exact, finding, show, slip
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.quantities.dates import Period
from shangheng.methods.claims.quantities.units import PERCENT, POINT
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements, named
from shangheng.methods.wording import say

_SUBJECT = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:街道|镇|乡|村|社区|公司|集团|园区|开发区|办事处|管委会|局|办|中心|学校|医院|银行)"
)
_QUALIFIED = re.compile(
    r"新增|新建|累计|本月|当月|现场|首批|一期|二期|分别|平均|其中|每|首次|新|当年|存量|历年|近年|目前|上市|在建"
)
_GENERIC = re.compile(
    r"^(?:投资|总投资|资金|项目|企业|收入|支出|补贴|贷款|奖励|面积|人员|群众|活动|会议|培训|[^\u4e00-\u9fff]*)$|(?:引进|累计|协议|计划|完成|签约|到位|总)投资$|(?:财政|资金|中央|[国省市区县]级)[\u4e00-\u9fff]{0,4}(?:安排?|下达|拨付|拨款|投入|支持|补助|筹措|筹集|争取|统筹|落实)$|元以[上下]"
    r"|(?:施工|开工|竣工|投产|建成|签约|注册|完成|落地|通过|整改|立案|办结|受理|新增|引进|培育|举办|开展|组织|实现|获得|新建|改造|检查|走访)$"
)


def check_same_fact(statements: Statements) -> Iterator[Finding]:
    """One fact given twice must have one value, to the precision that is printed.

    Example: 全区社会消费品零售总额356.4亿元 … 社会消费品零售总额达到356.38亿元 → ok (one rounds to the other);
    … 达到346.38亿元 → inconsistent. Same name in full, same period and area, same unit.
    Limits: accused only for exactly two values under a name of four or more characters, neither of
    them under another subject or qualified otherwise (新增, 累计, 其中); three values are a list.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in statements.of_kind(Kind.LEVEL, Kind.RATE, Kind.TARGET):
        if _candidate(claim):
            key = (
                _any_order(wording.core(claim.name)),
                claim.dimension,
                _time(statements, claim),
                _aimed(claim),
                claim.level,
                claim.sign,
            )
            groups.setdefault(key, []).append(claim)
    for group in groups.values():
        if len(group) > 1 and len({_area(c.area) for c in group} - {""}) <= 1:
            yield from _compare(statements, group)


def _time(statements: Statements, claim: Claim) -> Period | None:
    """The period of a claim; the report's own year is None, named or not."""
    period = claim.period
    own = period is not None and period.whole_year and period.shift == 0
    return None if own and period and period.year in (None, statements.year) else period


_AIM = re.compile(r"确保|力争|争取|冲刺|挑战|奋斗|拼搏|保底|底线|预期|必成|期望|不低于|以上|左右")


def _aimed(claim: Claim) -> str:
    """What makes two plans different plans: the tier that they belong to."""
    if not claim.planned:
        return ""
    found = _AIM.search(claim.left + claim.right[:6])
    return "plan" + (claim.tier or (found.group() if found else ""))


def _area(area: str) -> str:
    return re.sub(r"^[我本全]", "", area).removesuffix("级").removesuffix("内")


def _candidate(claim: Claim) -> bool:
    if (
        claim.depth
        or (claim.kind is Kind.TARGET and not claim.planned)
        or (claim.planned and (claim.period is None or claim.period.year is None))
        or not exact(claim)
    ):
        return False
    if claim.link not in (Link.NONE, Link.TOTAL) or claim.dimension in (POINT, "") or claim.series:
        return False
    if (claim.kind is Kind.RATE and claim.dimension != PERCENT) or claim.dimension.startswith(
        "time"
    ):
        return False
    whole = claim.area or claim.name.endswith(("总量", "总数", "总额"))
    return _tells(wording.core(claim.name), 3 if whole and claim.quantity.unit.counts else 4)


@lru_cache(maxsize=4096)
def _any_order(name: str) -> str:
    """A long name whatever the order of its words: 改造老旧厂房面积 is 老旧厂房改造面积."""
    return "".join(sorted(name)) if len(name) >= 6 else name


@lru_cache(maxsize=4096)
def _tells(name: str, least: int) -> bool:
    """Whether a name says enough to be one fact wherever it stands."""
    return least <= len(name) <= 24 and not _GENERIC.search(name)


def _compare(statements: Statements, group: list[Claim]) -> Iterator[Finding]:
    distinct: list[Claim] = []
    for claim in group:
        if not any(claim.quantity.interval.meets(d.quantity.interval) for d in distinct):
            distinct.append(claim)
            if len(distinct) > 2:
                return
    if len(distinct) == 1:
        one, other = group[0], group[-1]
        if one.block is not other.block or one.sentence != other.sentence:
            yield finding(statements, "same_fact", Verdict.OK, [one, other], f"{show(one)} = {show(other)}",
                          say("同一事实两处数字一致。"))  # fmt: skip
        return
    if distinct[0].sentence == distinct[1].sentence and ";" not in statements.between(*distinct):
        return
    one, other = distinct
    if _differs(statements, one, other):
        return
    hint = slip(one.quantity.interval, other.quantity.interval)
    yield finding(statements, "same_fact", Verdict.INCONSISTENT, [one, other], f"{show(one)} ≠ {show(other)}",
                  say("“%(one)s”两处数字不一致: %(one2)s与%(other)s%(hint)s。", one=one.name, one2=show(one), other=show(other), hint=hint))  # fmt: skip


def _differs(statements: Statements, one: Claim, other: Claim) -> bool:
    """Whether something says that the two are different facts: a subject, a qualifier, a period."""
    text = statements.document.unified
    if not (comparable(one, statements) and comparable(other, statements)):
        return True
    first = [statements.sentence(c)[0] is c for c in (one, other)]
    if len(wording.core(one.name)) < 6 and not any(first):
        return True
    if any(statements.several_years(c) and not statements.dated(c) for c in (one, other)):
        return True
    subjects, qualifiers = [], []
    for claim in (one, other):
        words = text[statements.sentence_start(claim) : claim.start].replace(claim.name, "")
        subjects.append(set(_SUBJECT.findall(words)))
        qualifiers.append(set(_QUALIFIED.findall(claim.left)))
    if not any(statements.dated(c) for c in (one, other)):
        qualifiers = [q - {"目前"} for q in qualifiers]
    return subjects[0] != subjects[1] or qualifiers[0] != qualifiers[1]


_THESE = re.compile(r"(?:^|[,、;要使让对把])(?:这|上述|前述|以上这?)$")


def check_taken_up(statements: Statements) -> Iterator[Finding]:
    """建成30条航线。这30条航线…: what 这 takes up is the figure of that name just before it.

    Example: 这35条航线 after 30条航线 → inconsistent. Limits: the nearest figure of the unit in the paragraph, whose name
    ends with the words after 这N条; 上述 reaches back into the paragraph before.
    """
    for claim in statements.counts:
        if not _THESE.search(claim.left) or claim.planned:
            continue
        earlier = [c for c in statements.claims[max(0, claim.index - 8) : claim.index]
                   if (c.block is claim.block or "述" in claim.left) and c.dimension == claim.dimension and c.kind is Kind.LEVEL and not c.depth and exact(c)]  # fmt: skip
        noun = earlier[-1].name[-2:] if earlier else ""
        if len(noun) < 2 or noun not in claim.right[:8]:
            continue
        fits = earlier[-1].quantity.size == claim.quantity.size
        yield finding(statements, "same_fact", Verdict.OK if fits else Verdict.INCONSISTENT, [earlier[-1], claim],
                      f"{show(earlier[-1])} {'=' if fits else '≠'} {show(claim)}",
                      say("总数与前文一致。") if fits else say("“%(one)s”两处数字不一致: %(one2)s与%(other)s%(hint)s。", one=earlier[-1].name, one2=show(earlier[-1]), other=show(claim), hint=""))  # fmt: skip


def check_whole_restated(statements: Statements) -> Iterator[Finding]:
    """N个X中 takes up a whole named before: it must be the number given for X.

    Example: 全年签约项目80个。… 75个签约项目中,已开工30个 → inconsistent (75 ≠ 80).
    Limits: X must be named in the same words before, with one value only, for the same time, with
    no more than the name of a place or unit in front of it.
    """
    for claim in statements.definite:
        if claim.planned:
            continue
        noun = wording.core(claim.name)
        full = wording.core(wording.strip_name(claim.left) + claim.name)
        if len(full) > len(noun) and any(
            c.index < claim.index for c in statements.levels_named(full, claim)
        ):
            noun = full
        if len(noun) < 3:
            continue
        earlier = [c for c in statements.levels_named(noun, claim)
                   if c.index < claim.index and c.dimension == claim.dimension and named(c, noun)
                   and c.kind is Kind.LEVEL and c.period == claim.period and not c.planned and c.depth == 0
                   and c.link in (Link.NONE, Link.TOTAL)]  # fmt: skip
        if not earlier:
            continue
        same = [c for c in earlier if c.quantity.interval.meets(claim.quantity.interval)]
        if same:
            yield finding(statements, "same_fact", Verdict.OK, [same[-1], claim], f"{show(same[-1])} = {show(claim)}",
                          say("总数与前文一致。"))  # fmt: skip
        elif len({c.quantity.size for c in earlier}) == 1 and exact(earlier[-1]):
            one = earlier[-1]
            gap = abs(one.quantity.size - claim.quantity.size)
            yield finding(statements, "same_fact", Verdict.INCONSISTENT, [one, claim],
                          f"{show(one)} ≠ {show(claim)} (± {gap:f})",
                          say("同一“%(noun)s”前文为%(one)s, 此处为%(claim)s, 以此为分母的占比都受影响。", noun=noun, one=show(one), claim=show(claim)))  # fmt: skip
