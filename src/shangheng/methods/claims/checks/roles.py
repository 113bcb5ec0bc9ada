"""What part a figure plays in its sentence, told by classes of words: a standard, a difference, a total, what is left."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain, groupby

from shangheng.methods.claims.checks.base import exact
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements

_REACH = 6
_SHORT = 6
_WINDOW = 14
_COMPARING = ("高于", "低于", "超过", "超", "快于", "多于", "少于", "领先", "落后")
_EARLIER = re.compile(
    r"上年|去年|同期|上一?[届期月季轮次批周]|前[年期届]|基[期数]|原(?![因料则油煤始创])|此前|往[年届期]|历年|过去|[年期]初|初始|之前"
    r"|[造治训施工级换修整革展]前|平[日时常]|昨|淡季|起初|当时|一年前"
)
_AIMED = re.compile(
    r"目标|任务|计划|预[期定计]|预算(?![收支内外总管绩公])|概算|指标|定额|要求|[时期]限|限额|核定|约定|合同|承诺|应(?!急|用|对|链|届)|原定|拟|下达|上限|额度"
    r"|控制[在数]|规定|红线|底线|设计|给定|考核"
)
_AIMED_AFTER = re.compile(
    r"的?(?:[\u4e00-\u9fff]{0,4})(?:目标|任务|计划|预[算期]|概算|指标|要求|标准|[时期]限|限额|上限|红线|底线)"
)
_SET_AGAINST = re.compile(r"(?:[比较与同跟距离于]|平均[\u4e00-\u9fff]{0,4})[^,;。]{0,14}$")
_DIFFERENCE = re.compile(
    r"(?:(?:多(?![元式层功媒])|少(?![年数儿])|超(?![市级限声])|高(?![速新校铁端质标技层温压原考等级])|低(?![保碳收空效])|快(?![递件检餐车])|慢(?!性|病)"
    r"|长(?![江期效者度假])|短(?![期信视])|早(?!稻|餐)|晚|差(?![旅异])|缺(?!陷)|欠(?![薪款费税])|增(?![值发殖])|减(?![灾排税负免])|升(?!级)|降(?![水雨解])"
    r"|[涨跌缩]|扩(?![建面容])|省(?![级市内外直委区]))[\u4e00-\u9fff]{0,6}|提前|滞后|领先|落后|收窄|压[缩减]|[回滑跌]落|下[滑挫]|拉开|节[约省余支]|相距|落差|抬升|攀升|改善|走[高低阔窄强弱])"
    r"(?:了|约|为|达|计|近|出|的|是){0,3}$"
)
_NEW = re.compile(r"新增[\u4e00-\u9fff]{0,8}$|(?:[到至成]|[提增]高为|增加为)(?:了|约|近)?$")
_DIFFERENCE_AFTER = re.compile(r"的?(?:差距|缺口|差额|落差|空间|距离|差)")


def passages(statements: Statements) -> list[list[Claim]]:
    """The sentences with figures, and after them the short runs of two and three sentences of a paragraph."""
    return statements.remembered(_passages)


def _passages(statements: Statements) -> list[list[Claim]]:
    return [*statements.sentences, *_runs(statements)]


def _runs(statements: Statements) -> Iterator[list[Claim]]:
    for block in statements.by_block.values():
        runs = [list(run) for _, run in groupby(block, lambda c: c.sentence)]
        for number in (2, 3):
            for place in range(len(runs) - number + 1):
                run = list(chain.from_iterable(runs[place : place + number]))
                if len(run) <= _WINDOW:
                    yield run


def lead(statements: Statements, claim: Claim) -> str:
    """The words since the figure before, over commas but not over the end of the sentence."""
    known = statements.remembered(_leads)
    words = known[claim.index]
    if words is None:
        words = known[claim.index] = _lead(statements, claim)
    return words


def _leads(statements: Statements) -> list[str | None]:
    return [None] * len(statements.claims)


def _lead(statements: Statements, claim: Claim) -> str:
    floor = max(statements.sentence_start(claim), claim.start - 48)
    earlier = statements.claims[claim.index - 1] if claim.index else claim
    if earlier is not claim and earlier.end <= claim.start:
        floor = max(floor, earlier.end)
    return statements.document.unified[floor : claim.start]


def near(sentence: list[Claim], claim: Claim) -> list[Claim]:
    """The figures of a sentence around one, a few on either side."""
    at = claim.index - sentence[0].index
    return sentence[max(0, at - _REACH) : at + _REACH + 1]


def standard(statements: Statements, claim: Claim) -> bool:
    """Whether a figure is what another is set against: an earlier one, a target, an average."""
    words = lead(statements, claim)
    return (
        claim.link is Link.BASE
        or claim.kind is Kind.TARGET
        or claim.bounding in _COMPARING
        or _EARLIER.search(words) is not None
        or _AIMED.search(words) is not None
        or _AIMED_AFTER.match(claim.right) is not None
        or claim.right.startswith("的基础上")
        or _SET_AGAINST.search(words) is not None
    )


def aimed(statements: Statements, claim: Claim) -> bool:
    """Whether a figure is one that was set: a target, a limit, what was due."""
    words = lead(statements, claim)
    return (
        claim.kind is Kind.TARGET
        or _AIMED.search(words) is not None
        or _AIMED_AFTER.match(claim.right) is not None
    )


def difference(claim: Claim) -> bool:
    """Whether words call a figure what two others are apart: 多3家, 缩短5天, 4亿元的缺口."""
    if claim.link is Link.REACHED or _NEW.search(claim.left):
        return False
    return bool(_DIFFERENCE.search(claim.left) or _DIFFERENCE_AFTER.match(claim.right))


def falls(claim: Claim) -> bool:
    """Whether the word of a difference says less rather than more."""
    return re.search(r"[少低慢短差缺欠减降跌缩省落窄]", claim.left[-8:]) is not None


def _in_brackets(statements: Statements, claim: Claim) -> bool:
    """Whether a figure in brackets is an earlier one or a target: 35%(去年上半年为1000万元)."""
    words = lead(statements, claim)
    return claim.depth == 1 and bool(_EARLIER.search(words) or _AIMED.search(words))


def _firm(claim: Claim, told: Claim) -> bool:
    """Whether a figure is given as such, or compared with in words that only seem to bound it: 高于50%的进度9个百分点."""
    compared = claim.bounding in _COMPARING and told.index == claim.index + 1
    return exact(claim) or compared


def stated(claim: Claim) -> Interval:
    """What a figure can stand for, whatever words of comparison stand before it."""
    quantity = claim.quantity
    half = Decimal(0) if quantity.unit.counts else quantity.step / 2 * quantity.unit.size
    return (
        quantity.interval if exact(claim) else Interval(quantity.size - half, quantity.size + half)
    )


def two_others(
    statements: Statements, sentence: list[Claim], claim: Claim, dimension: str
) -> list[Claim]:
    """The only two figures of a measure around a figure, when it may speak of them; else none."""
    others = [c for c in near(sentence, claim)
              if c is not claim and c.dimension == dimension and (c.depth == claim.depth or _in_brackets(statements, c))]  # fmt: skip
    if len(others) != 2 or not all(_firm(c, claim) for c in others) or claim.inherits:
        return []
    if crosses(others, claim) and not (
        related(*others) and claim.sentence in {c.sentence for c in others}
    ):
        return []
    opens = claim.index < others[0].index
    if "分别" in claim.phrase or (opens and len(claim.phrase) > _SHORT):
        return []
    named = [c for c in others if noun(c)]
    return others if not named or any(kin(claim, c) for c in named) else []


def pair_of(
    statements: Statements, sentence: list[Claim], claim: Claim, dimension: str
) -> tuple[Claim, Claim] | None:
    """The result and the standard that a figure ties: the only two of their measure, one of them a standard."""
    others = two_others(statements, sentence, claim, dimension)
    if any(c.kind is Kind.CHANGE or c.link is Link.PART or difference(c) for c in others):
        return None
    if not others:
        return None
    first, last = sorted((*others, claim), key=lambda c: c.index)[::2]
    if ";" in statements.between(first, last):
        return None
    timed = _by_time(*others) if claim.kind is Kind.GROWTH else None
    marked = [c for c in others if c.link is Link.BASE]
    if timed and len(marked) != 1:
        return timed
    marked = marked if len(marked) == 1 else [c for c in others if standard(statements, c)]
    if len(marked) == 2:
        marked = [c for c in others if _compared(statements, c)]
    if len(marked) != 1:
        marked = [c for c in others if aimed(statements, c)]
    if len(marked) != 1:
        return _by_time(*others) or _two_in_turn(*others)
    result = next(c for c in others if c is not marked[0])
    told = len(noun(result)) <= 2 and aimed(statements, marked[0])
    return (result, marked[0]) if told or kin(result, marked[0]) else None


def _by_time(one: Claim, other: Claim) -> tuple[Claim, Claim] | None:
    """The later and the earlier of two figures of different years."""
    years = [(c.period.year if c.period and c.period.years == 1 else None) for c in (one, other)]
    if years[0] is None or years[1] is None or years[0] == years[1] or not kin(one, other):
        return None
    return (one, other) if years[0] > years[1] else (other, one)


_GENERAL = re.compile(
    r"目标|指标|控制|要求|任务|计划|完成|达成|实际|实现|预[算期定计]|概算|年[度初底末中]|全[年市省区县]|法定|规定|时限|期限|平均|水平|增[速幅长加]|[降涨]幅|率|比[例重]|占|已|应|原|现|本|上|数|总|额|量|程度|进度"
    r"|半年|序时|时间|时序|基础|准确|具体|确切|精确|[今去当]年|同期|目前|累计|底|末|期|届|月|超|较|比|[提升降减缩]|的|了|者|两|为|达|到|个|还|尚|仍|差|缺|欠|多|少|高|低|快|慢|提前|出"
)


def noun(claim: Claim) -> str:
    """What a figure is of, without the words that any figure may have; empty when nothing is left."""
    return _noun(claim.name)


@lru_cache(maxsize=8192)
def _noun(name: str) -> str:
    return " ".join(w for w in _GENERAL.sub(" ", name).split() if len(w) > 1)


def _compared(statements: Statements, claim: Claim) -> bool:
    """Whether words compare with a figure: 比2023年的40亿元, 上年为40亿元."""
    words = lead(statements, claim)
    return claim.link is Link.BASE or bool(_SET_AGAINST.search(words) or _EARLIER.search(words))


def _two_in_turn(one: Claim, other: Claim) -> tuple[Claim, Claim] | None:
    """2021年、2022年覆盖率分别为62%、65%: the second of two years that are named in turn, and the first."""
    told = other.series and other.index == one.index + 1 and "分别" in one.phrase
    return (other, one) if told and len(re.findall("\x00+", one.phrase)) == 2 else None


def crosses(others: list[Claim], claim: Claim) -> bool:
    """Whether figures stand in more than one sentence."""
    return any(c.sentence != claim.sentence for c in others)


def related(one: Claim, other: Claim) -> bool:
    """Whether two figures have names that share a word."""
    return bool(noun(one) and noun(other)) and kin(one, other)


def kin(one: Claim, other: Claim) -> bool:
    """Whether two figures may be of one thing: one has no name of its own, or the names share a word."""
    first, second = noun(one), noun(other)
    if not first or not second:
        return True
    pairs = (first[i : i + 2] for i in range(len(first) - 1))
    return any(pair in second for pair in pairs if " " not in pair)
