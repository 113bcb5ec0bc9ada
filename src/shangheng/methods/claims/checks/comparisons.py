"""Figures that the words compare with one just before them: an average, a target, an earlier year."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shangheng.methods.claims.checks.base import (
    aim,
    before,
    exact,
    finding,
    like,
    number,
    printed,
    show,
    slip,
)
from shangheng.methods.claims.checks.sums import CROSSING
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import PERCENT, POINT
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_AHEAD = re.compile(r"(?P<more>高于|高出|快于|好于|领先|超过)|(?P<less>低于|慢于|落后)")
_APART = re.compile(
    r"[,、]?(?:[两二][者项]|前后者?)(?:之间)?(?:的)?(?:相差|差距?|差值|差额)(?:为|达|是)?(?:了)?"
)
_MORE_THAN = re.compile(
    r"[,、]?的?(?:水平)?(?:(?P<more>[高快多]|提高|上升)|[低慢少]|下降|回落)(?:出|了|约)?"
)
_OVER = re.compile(
    r"(?:超额?(?:完成|出|过)?|多完成)(?:了)?(?:年度|全年|年初|既定|预期|原定|下达|计划)?(?:目标|任务|计划|指标){0,2}(?:的|了|达|约){0,2}$"
)
_OVER_TARGET = re.compile(r"超(?:额)?(?:完成|出|过)?[^,;]{0,8}(?:目标|任务|计划)$")
_OF_THE_TARGET = re.compile(r"的?[\u4e00-\u9fff]{0,8}(?:目标|任务|计划)[值数]?(?:约|了|达)?")
_INDEX = re.compile(r"[,、]?(?:已?是|为|相当于|达到?|恢复到?|恢复至)")
_SECURED = re.compile(r"保$|(?:[确力]保|保底|保证|保住|守住)[\u4e00-\u9fff]{0,12}$")
_HOPED = re.compile(
    r"(?:^|[,、])争$|(?:力争|努力|争取|冲刺|奋斗目标|挑战目标)[\u4e00-\u9fff]{0,12}$"
)
_AT_LEAST = ("", "不低于", "不少于")
_BASIC = re.compile(r"(?:预期|基本|保底|底线)(?:目标)?[\u4e00-\u9fff]{0,6}$")
_INTENDED = re.compile(r"(?:计划|拟|打算|安排)(?!总?投资)[\u4e00-\u9fffA-Za-z]{0,16}$")
_BARE_HOPE = re.compile(
    r"[,、]?(?:并|全年|全力)?(?:力争|争取|冲刺)(?:为|是|达到?|突破|超过?|增至|增加到)?"
)
_TAKEN_IN = re.compile(
    r"(?:受理|收到|接到|接收|移[交送]|[交转]办|转[来交]|梳理(?:出)?|摸排(?:出)?|收集(?:到)?|登记|[立收]案|新收|承[办接]|列入|纳入|征集(?:到)?|申[报请](?:企业|项目)?|报名|实有|现有|共有|排查(?:出)?|发现|检[查测]|抽[查检测样]|暗访|明察|巡[查访]|核查|监测|走访|慰问|调研|受访|对接|洽谈|[调普]查|参[评赛加与]|[测互]评|应[\u4e00-\u9fff]{1,2})[^,;。]{0,12}$"
)
_AMONG = re.compile(r"的?[\u4e00-\u9fff]{2,12}?(?:之?中|当中|里)")
_OF_WHOM = re.compile(r"[,、]?[\u4e00-\u9fff\d]{2,16}的(?:就|也|已|便)?(?:有|达|占)?(?:了)?$")
_WORKED_OFF = re.compile(
    r"^[,、]?(?:目前|现|至今)?(?:受理|审[核批定]通?过?|核[准定发]|批[准复]|通过|采纳|办复|答复)|^[,、]?(?:目前|至今)?(?:已|实(?![施行现验])|现已)(?:经|全部)?[\u4e00-\u9fff]{1,2}|^[,、]?完成|^[,、]?办结"
)


def _verdict(*, fits: bool) -> Verdict:
    return Verdict.OK if fits else Verdict.INCONSISTENT


def check_ahead_of_average(statements: Statements) -> Iterator[Finding]:
    """增长8.3%,高于全市平均水平(6.9%)1.4个百分点: the points are the difference of the two percentages.

    Example: 8.3 − 6.9 = 1.4 → ok; 2.4个百分点 → inconsistent. Limits: the three figures follow each other.
    """
    for claim in statements.of_dimension(POINT):
        if not exact(claim):
            continue
        nearest = list(before(statements, claim))[:2]
        if len(nearest) < 2:
            continue
        other, own = nearest
        apart = _APART.fullmatch(claim.left)
        sign = (
            (1 if own.quantity.size >= other.quantity.size else -1)
            if apart
            else _ahead(other, claim)
        )
        alike = own.dimension == other.dimension == PERCENT and other.index == claim.index - 1
        if not sign or not alike or not (exact(own) and exact(other)):
            continue
        gap = own.quantity.interval.scaled(Decimal(own.sign)) - other.quantity.interval
        fits = gap.meets(printed(claim).scaled(Decimal(sign)))
        value = own.quantity.value * own.sign - other.quantity.value
        yield finding(statements, "growth", _verdict(fits=fits), [own, other, claim],
                      f"{show(own)} - {show(other)} = {number(value)}个百分点 {'=' if fits else '≠'} {show(claim)}",
                      say("相差的百分点相符。") if fits else say("两者相差%(value)s个百分点, 文中写%(claim)s。", value=number(abs(value)), claim=show(claim)))  # fmt: skip


def _ahead(other: Claim, claim: Claim) -> int:
    """1 where the words put a figure above the other (高于6.9%, 比6.9%高), −1 below it, 0 if neither."""
    found = _AHEAD.search(other.left)
    if found and (len(claim.left) <= 2 or _OF_THE_TARGET.fullmatch(claim.left)):
        return 1 if found["more"] else -1
    again = _AHEAD.match(claim.left) if "平均" in other.left and "平均" in claim.left else None
    if again:
        return 1 if again["more"] else -1
    turned = _MORE_THAN.fullmatch(claim.left) if "比" in other.left or "较" in other.left else None
    return 0 if turned is None else (1 if turned["more"] else -1)


def check_over_target(statements: Statements) -> Iterator[Finding]:
    """目标160亿元,完成168亿元,超额完成5%; 超年度任务900个的20%: the surplus as a percentage of the target.

    Example: 168 ÷ 160 − 1 = 5 % → ok; 8% → inconsistent.
    Limits: result and target of one unit, nothing but them before the percentage in the sentence.
    """
    for claim in statements.of_dimension(PERCENT):
        if not exact(claim):
            continue
        earlier = list(before(statements, claim))[:2]
        if len(earlier) < 2:
            continue
        targets = [c for c in earlier if c.kind is Kind.TARGET]
        results = [c for c in earlier if c.kind in (Kind.LEVEL, Kind.CHANGE)]
        if len(targets) != 1 or len(results) != 1 or not _surplus(claim, targets[0]):
            continue
        target, result = targets[0], results[0]
        span = result.quantity.interval.growth_from(target.quantity.interval)
        if span is None or result.dimension != target.dimension:
            continue
        if not (exact(result) and exact(target)):
            continue
        fits = span.meets(printed(claim))
        value = number((result.quantity.size / target.quantity.size - 1) * 100)
        yield finding(statements, "completion", _verdict(fits=fits), [result, target, claim],
                      f"{show(result)} ÷ {show(target)} - 1 = {value}% {'≈' if fits else '≠'} {show(claim)}",
                      say("超额比例相符。") if fits else say("超出目标的比例应为%(value)s%%, 文中写%(claim)s。", value=value, claim=show(claim)))  # fmt: skip


def _surplus(claim: Claim, target: Claim) -> bool:
    if target.index == claim.index - 1 and claim.left in ("", "的"):
        return bool(_OVER_TARGET.search(target.left))
    if target.index == claim.index - 1 and _OF_THE_TARGET.fullmatch(claim.left):
        return target.relation == "exceeds"
    return bool(_OVER.search(claim.left))


def check_index(statements: Statements) -> Iterator[Finding]:
    """43.2亿元,相当于2019年同期40亿元的108%: the figure before as a percentage of the base.

    Example: 43.2 ÷ 40 = 108 % → ok; 112% → inconsistent. Limits: the three figures follow each other.
    """
    for claim in statements.of_dimension(PERCENT):
        if claim.left != "的":
            continue
        nearest = list(before(statements, claim))[:2]
        if len(nearest) < 2:
            continue
        base, result = nearest
        plain = base.kind is result.kind is Kind.LEVEL and base.index == claim.index - 1
        if not plain or base.dimension != result.dimension or not _INDEX.match(base.left):
            continue
        if base.link is not Link.BASE and not re.search("\x00", base.left):
            continue
        span = result.quantity.interval.percent_of(base.quantity.interval)
        if span is None or not all(exact(c) for c in (base, result, claim)):
            continue
        fits = span.meets(printed(claim))
        value = number(result.quantity.size / base.quantity.size * 100)
        yield finding(statements, "rate", _verdict(fits=fits), [result, base, claim],
                      f"{show(result)} ÷ {show(base)} = {value}% {'≈' if fits else '≠'} {show(claim)}",
                      say("与基数之比相符。") if fits else say("与基数之比应为%(value)s%%, 文中写%(claim)s。", value=value, claim=show(claim)))  # fmt: skip


def check_secured_and_hoped(statements: Statements) -> Iterator[Finding]:
    """确保A,力争B: what is hoped for is not less than what is made sure of.

    Example: 确保180亿元,力争190亿元 → ok; 力争170亿元 → inconsistent. Limits: neighbours in one sentence, one unit.
    """
    for sentence in statements.sentences:
        for low, high in pairwise(sentence):
            if low.dimension != high.dimension or not _HOPED.search(high.left):
                continue
            least = high.planned and low.quantity.bound is Bound.OVER and low.bounding in _AT_LEAST
            below = least or _secured(low, high)
            if not below or low.kind is Kind.COMPLETION:
                continue
            if low.tier and high.tier and low.kind is high.kind is Kind.TARGET:
                continue
            firm = exact(high) or high.bounding in ("突破", "超过", "超")
            if re.search(r"控制|下降|能耗|失业|不超过", low.phrase) or not (
                (least or exact(low)) and firm
            ):
                continue
            top = high.quantity.interval.high if exact(high) else high.quantity.size
            fits = low.quantity.interval.low <= top
            yield finding(statements, "target_order", _verdict(fits=fits), [low, high],
                          f"{show(low)} {'<=' if fits else '>'} {show(high)}",
                          say("各档目标由低到高。") if fits else say("力争的%(high)s低于确保的%(low)s。", high=show(high), low=show(low)))  # fmt: skip


def _secured(low: Claim, high: Claim) -> bool:
    """Whether the first of two plans is the least of them: 确保A; 计划认定A家,力争达到B家, where the hope has no name
    of its own and so is for the same thing."""
    if _SECURED.search(low.left) or _BASIC.search(low.left):
        return True
    return bool(_INTENDED.search(low.left) and _BARE_HOPE.fullmatch(high.left))


_SHORT_OF = re.compile(
    r"[,、]?(?:还|尚|仍|只|相)(?:差|缺|欠)(?:了)?|[,、]?[比较](?:要求|规定|计划|标准|目标|承诺|[时期]限)少(?:了)?"
    r"|[,、]?(?:平均)?(?:提前|提速|节省)(?:了)?"
)
_BEYOND = re.compile(
    r"[,、]?(?:超[出过]|多[于出])(?:了)?(?:原定?|既定|年初)?(?:计划|目标|任务|要求)[数值]?"
)
_AIMED_AT = re.compile(r"[时期]限|要求|规定|承诺|计划|目标|任务|原定|下达|预算|应|核定|安排|指标")
_MORE_OR_LESS = re.compile(
    r"[,、]?(?:[比较]?(?:年度|全年|原|年初)?(?:计划|目标|任务))?(?P<way>[多超少欠])(?P<act>[\u4e00-\u9fff]{1,4}?)(?:了|约)?"
)


def _more_or_less(done: Claim, claim: Claim) -> str:
    """The word that says which way a difference goes: 少开行 after 实际开行, or 尚差; "" for none."""
    if _SHORT_OF.fullmatch(claim.left):
        return "差"
    if _BEYOND.fullmatch(claim.left):
        return "超"
    found = _MORE_OR_LESS.fullmatch(claim.left)
    return found["way"] if found and found["act"] in done.left else ""


def check_planned_and_done(statements: Statements) -> Iterator[Finding]:
    """计划开行300列,实际开行280列,少开行20列: what was done less what was planned, told with the verb of what was done.

    Example: 280 − 300 = −20 → ok; 少开行30列 → inconsistent. Limits: the three follow each other in one unit.
    """
    for sentence in statements.sentences:
        for aim_at, done, claim in zip(sentence, sentence[1:], sentence[2:], strict=False):
            way = _more_or_less(done, claim)
            alike = aim_at.dimension == done.dimension == claim.dimension
            told = aim_at.kind is Kind.TARGET and claim.kind is Kind.GAP
            if not way or not alike or told:
                continue
            if not _AIMED_AT.search(aim_at.left) or _AIMED_AT.search(done.left):
                continue
            measured = aim_at.level and (done.level or done.kind is Kind.AVERAGE)
            if not measured or not all(exact(c) and c.depth == claim.depth for c in (aim_at, done)):
                continue
            sign = 1 if way in "多超" else -1
            gap = (done.quantity.interval - aim(aim_at)).scaled(Decimal(sign))
            fits = exact(claim) and gap.meets(claim.quantity.interval)
            value = like(done.quantity.size - aim_at.quantity.size, claim)
            yield finding(statements, "gap", _verdict(fits=fits), [aim_at, done, claim],
                          f"{show(done)} - {show(aim_at)} = {value} {'=' if fits else '≠'} {way}{show(claim)}",
                          say("与目标的差额相符。") if fits else say("两数之差为%(value)s, 文中写%(claim)s%(hint)s。", value=value, claim=show(claim), hint=slip(gap, claim.quantity.interval)))  # fmt: skip


def check_done_of_taken_in(statements: Statements) -> Iterator[Finding]:
    """受理1380件,已办结1296件; 30项任务中,已办结28项: what is done of a number is not more than it.

    Example: 受理1380件,已办结1482件 → inconsistent. Limits: neighbours in one sentence, one unit of counting.
    """
    for sentence in statements.sentences:
        for whole, part in pairwise(c for c in sentence if c.depth == 0):
            counted = whole.dimension == part.dimension and whole.quantity.unit.counts
            plain = whole.kind is part.kind is Kind.LEVEL and part.link in (Link.NONE, Link.PART)
            if (
                not counted
                or not plain
                or not (exact(whole) and exact(part))
                or ";" in statements.between(whole, part)
            ):
                continue
            taken = whole.definite or _AMONG.fullmatch(whole.right) or _TAKEN_IN.search(whole.left)
            if not taken or not (_WORKED_OFF.search(part.left) or _OF_WHOM.match(part.left)):
                continue
            if part.quantity.interval.low <= whole.quantity.interval.high:
                continue
            yield finding(statements, "part_of_whole", Verdict.INCONSISTENT, [whole, part],
                          f"{show(part)} > {show(whole)}", say("完成的%(part)s多于总数%(whole)s。", part=show(part), whole=show(whole)))  # fmt: skip


def check_named_structure(statements: Statements) -> Iterator[Finding]:
    """三次产业占比分别为4.8%、35.2%、60.0%: the shares of a structure make 100.

    Example: 4.8 + 35.2 + 58.0 = 98.0 → inconsistent. Limits: at least three shares joined by 、 and 和 after
    构成, 结构 or the three sectors, sum between 90 and 110.
    """
    for sentence in statements.sentences:
        opening = next(
            (c for c in sentence if c.dimension == PERCENT and _IN_TURN.search(c.phrase)), None
        )
        if opening is None:
            yield from _over_the_whole(statements, sentence)
        if opening is None or not re.search(r"比重|占|权重|结构|构成", opening.phrase):
            continue
        run = [opening]
        while run[-1].index + 1 - sentence[0].index < len(sentence):
            following = sentence[run[-1].index + 1 - sentence[0].index]
            weighed = _EACH_NAMED.search(opening.phrase) and _PART_NAME.fullmatch(following.left)
            if not (following.series or weighed) or following.dimension != PERCENT:
                break
            run.append(following)
        words = statements.document.unified[statements.sentence_start(opening) : opening.start]
        value = sum((c.quantity.value for c in run), Decimal(0))
        if len(run) < 3 or not _makes_a_structure(words, opening.phrase, value):
            continue
        half = sum((c.quantity.step for c in run), Decimal(0)) / 2
        fits = Interval(value - half, value + half).meets(Interval(Decimal(100), Decimal(100)))
        yield finding(statements, "structure", _verdict(fits=fits), run,
                      f"{' + '.join(show(c) for c in run)} = {value}%",
                      say("各部分合计为100。") if fits else say("各部分合计为%(value)s%%, 不是100%%。", value=value))  # fmt: skip


def _makes_a_structure(words: str, phrase: str, value: Decimal) -> bool:
    """Whether shares are called all of their whole; kinds that share nothing can at least not be more than it."""
    if _SECTORS.search(phrase) or _OTHERS_TOO.search(phrase):
        return 50 < value < 150
    if re.search(r"构成|结构|权重", words + phrase):
        return 90 <= value <= 110
    crossing = CROSSING.search(phrase) or _CUTS_ACROSS.search(phrase)
    return 100 < value < 115 and "占" in phrase and not crossing


_CUTS_ACROSS = re.compile(
    "民间|民营|国有|新能源|绿色|跨境|数字|战略性|新兴|先进|装备|高技术|技改|线上|网络|夜间|(?<!进)出口|消费|自主"
)
_SECTORS = re.compile(r"三次产业|一、二、三")
_IN_TURN = re.compile("分别|依次|权重|(?:结构|构成)[为是:]?")
_EACH_NAMED = re.compile("权重|(?:结构|构成)(?:[为是:]|[\u4e00-\u9fff]{1,6}$)")
_PART_NAME = re.compile("[、,和及]?[\u4e00-\u9fff]{1,8}")
_OTHERS_TOO = re.compile(r"[和及与]其[他它余]")
_OF_A_STRUCTURE = re.compile(r"(?:结构|构成)(?:中|看|上)|[从按][\u4e00-\u9fff]{1,6}(?:结构|构成)看")


def _over_the_whole(statements: Statements, sentence: list[Claim]) -> Iterator[Finding]:
    """消费结构中,商品占85%,餐饮占18%: parts of one structure, each with its own name, are not above 100."""
    words = statements.document.unified[statements.sentence_start(sentence[0]) : sentence[0].start]
    shares = [c for c in sentence if c.kind is Kind.SHARE and c.dimension == PERCENT]
    alone = len(shares) == len(sentence) > 1 and all(exact(c) and not c.depth for c in shares)
    if not alone or not _OF_A_STRUCTURE.search(words) or len({c.whole for c in shares}) > 1:
        return
    value = sum((c.quantity.value for c in shares), Decimal(0))
    half = sum((c.quantity.step for c in shares), Decimal(0)) / 2
    if len({c.name for c in shares}) == len(shares) and value - half > 100:
        yield finding(statements, "structure", Verdict.INCONSISTENT, shares,
                      f"{' + '.join(show(c) for c in shares)} = {value}%",
                      say("各部分合计为%(value)s%%, 不是100%%。", value=value))  # fmt: skip
