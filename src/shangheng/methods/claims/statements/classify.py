"""Decide what one quantity says from the words of its clause."""

import re
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link

_PART = re.compile(r"其中|^[,、]?(?:包括|包含|涵盖|含(?![有税金量]))")
_RIGHT_NOUN = re.compile(r"(?P<noun>[\u4e00-\u9fffA-Za-z]{1,16})")
_NOUN_END = re.compile(
    r"(?:中|当中|被|通过|已|均|未|提供|申报|参加|完成|实现|递交|达|占|进入|落户|获|开展|入选|成功|正|的|和|与|及|为|在|等|是|同比|比|纳入|建成|投产|开工|竣工|签约落)"
)
_HEDGED = re.compile(r"约|近|大约|左右")
_RELATIVE_TO = re.compile(r"(?:比|较)(?:上年|去年|上年同期|去年同期|\x00)")


_LAST_YEAR_WAS = re.compile(
    r"[,、(]?而?\x00{2,4}(?:末|底)?(?:数|值)?(?:[为是]|仅(?:有|为)?|只有|才)$"
)
_SHORTFALL = re.compile(r"(?:尚|还|仍|存)?[有在]$")
_LACK = ("差距", "缺口", "的差距", "的缺口")
_BASIS = re.compile(r"(?:基数|基期数?|基础)(?:的|为|是)?$")


_told = attrgetter("left", "right", "phrase", "dimension", "series", "depth")
_MOST_TOLD = 8_192


class Told:
    """What figures with the same words around them were found to say: reports repeat their words far more often than
    their figures, so most are looked up instead of read again. Of more than `_MOST_TOLD` all are forgotten."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def classify(self, claim: Claim) -> None:
        """Fill in kind, link, name, tier, sign and relation of a claim."""
        last_year = claim.period is not None and claim.period.shift == -1
        words = (*_told(claim), last_year)
        known = self._known.get(words)
        if known is None:
            area = wording.AREA.search(claim.phrase)
            claim.area = area.group() if area else ""
            _classify(claim)
            if len(self._known) >= _MOST_TOLD:
                self._known.clear()
            self._known[words] = (
                claim.left, claim.right, claim.phrase, claim.kind, claim.link, claim.name, claim.tier, claim.sign,
                claim.relation, claim.whole, claim.definite, claim.hedged, claim.target_of, claim.inherits,
                claim.area,
            )  # fmt: skip
        else:
            (
                claim.left, claim.right, claim.phrase, claim.kind, claim.link, claim.name, claim.tier, claim.sign,
                claim.relation, claim.whole, claim.definite, claim.hedged, claim.target_of, claim.inherits,
                claim.area,
            ) = known  # fmt: skip
        _settle(claim)


def _classify(claim: Claim) -> None:
    dimension = claim.dimension
    claim.hedged = bool(_HEDGED.search(claim.left[-6:]))
    tier = wording.TIERS.search(claim.left) or wording.TIERS.match(claim.right.lstrip("的"))
    claim.tier = tier["tier"] if tier else ""
    if dimension in (PERCENT, POINT, MULTIPLE):
        _classify_ratio(claim)
    elif dimension == RANK:
        claim.kind = Kind.RANK
        claim.name = wording.strip_name(claim.left)
    else:
        _classify_level(claim)


_VERBS = {"超过": "exceeds", "超": "exceeds", "突破": "exceeds", "高于": "exceeds", "多于": "exceeds",
          "低于": "below", "少于": "below", "不足": "below", "不到": "below", "≥": ""}  # fmt: skip


def _settle(claim: Claim) -> None:
    """A target is one number: 超过100亿元的目标 compares with it and does not bound it."""
    quantity = claim.quantity
    if claim.kind is not Kind.TARGET or claim.bounding not in _VERBS:
        return
    half = Decimal(0) if quantity.unit.counts else quantity.step / 2
    claim.quantity = replace(quantity, bound=Bound.EXACT, half=half, upper=None, within=None)
    if not claim.tier or claim.tier not in claim.left:
        claim.relation = claim.relation or _VERBS[claim.bounding]


def _classify_ratio(claim: Claim) -> None:
    left = claim.left
    if claim.series and not left.strip("、和及与以/"):
        claim.kind = Kind.OTHER
        claim.inherits = True
        return
    completion = wording.COMPLETION.search(left) if claim.dimension == PERCENT else None
    if completion and completion["rate"]:
        claim.kind = Kind.COMPLETION
    elif claim.dimension == POINT and (gap := wording.GAP.search(left)):
        claim.kind, claim.sign = Kind.GAP, -1 if gap["short"] else 1
    elif _target(claim):
        claim.kind = Kind.TARGET
        claim.target_of = "growth" if re.search(r"增[幅速长]", claim.phrase) else "share"
        _relation(claim)
    elif not (_of_something(claim) or _of_growth(claim)):
        _plain_ratio(claim)
    shared = claim.kind is Kind.SHARE
    last_year = claim.period is not None and claim.period.shift == -1
    from_base = (
        wording.FROM.search(left)
        or (not shared and wording.COMPARED_WITH.search(left))
        or (last_year and _LAST_YEAR_WAS.match(left))
    )
    if (shared or claim.kind in (Kind.RATE, Kind.OTHER, Kind.COMPLETION)) and from_base:
        claim.kind, claim.link, claim.whole = Kind.RATE, Link.BASE, ""


def _of_something(claim: Claim) -> bool:
    """完成目标50亿元的…, 占投资30亿元的…: a percentage of a figure that stands before it."""
    words = claim.left if len(claim.left) > 3 else claim.phrase
    completion = wording.COMPLETION.search(words)
    if completion and claim.dimension == PERCENT:
        claim.kind, claim.whole = Kind.COMPLETION, completion["of"] or ""
        return True
    if wording.OF_FIGURE.match(claim.left) and wording.SHARE_OF_FIGURE.search(claim.phrase):
        claim.kind, claim.whole = Kind.SHARE, wording.FIGURE_BEFORE
        return True
    return False


def _of_growth(claim: Claim) -> bool:
    """提高到95%, 同比增长5%, 下降2个百分点."""
    left = claim.left
    if _reached(claim):
        if _share_risen(claim):
            return True
        claim.kind, claim.link = Kind.RATE, Link.REACHED
        claim.name = wording.strip_name(wording.REACHED.sub("", left))
        return True
    share, growth = wording.SHARE.search(left), wording.GROWTH.search(left)
    if growth is None or (share and share.start() > growth.start()):
        return False
    claim.kind = Kind.CHANGE if claim.dimension == POINT else Kind.GROWTH
    claim.sign = -1 if growth["down"] else 1
    words = re.sub(r"同比|环比|比上年|较上年|比去年", "", left[: growth.start()])
    claim.name = wording.strip_name(words)
    return True


def _share_risen(claim: Claim) -> bool:
    """比重提高到57.1%: a share of the figure before it, when no earlier share is given."""
    before = wording.REACHED.sub("", claim.left)
    share = wording.SHARE.search(before)
    if share is None or ("由" in claim.phrase or "从" in claim.phrase):
        return False
    claim.kind, claim.whole = Kind.SHARE, _whole_name(share["whole"] or "")
    claim.name = wording.strip_name(before[: share.start()])
    return True


def _plain_ratio(claim: Claim) -> None:
    left = claim.left
    if share := wording.SHARE.search(left):
        claim.kind, claim.whole = Kind.SHARE, _whole_name(share["whole"] or "")
        claim.name = wording.strip_name(left[: share.start()])
    elif wording.RATE.search(left):
        claim.kind, claim.name = Kind.RATE, wording.strip_name(left)
    elif claim.dimension == MULTIPLE:
        claim.kind = Kind.MULTIPLE
    else:
        claim.kind, claim.name = Kind.OTHER, wording.strip_name(left)


def _reached(claim: Claim) -> bool:
    """增长到, 提高至: a level reached; 增长达 and 增速为 are still growth."""
    found = wording.REACHED.search(claim.left)
    if found is None or "达到" in found.group():
        return False
    ends = r"[到至为成]" if ("由" in claim.phrase or "从" in claim.phrase) else r"[到至]"
    return bool(re.search(ends, found.group()))


def _whole_name(words: str) -> str:
    return re.sub(r"^(?:总的?|全部|所有|整个|到|了)|(?:的|总数|总量|总额的)$", "", words).strip(
        "的"
    )


def _classify_level(claim: Claim) -> None:
    left, clause = claim.left, claim.phrase
    growth = wording.GROWTH.search(left)
    claim.kind = Kind.LEVEL
    if wording.AVERAGE.search(left) and "平均增" not in left:
        claim.kind = Kind.AVERAGE
    elif re.search(r"目标|任务|计划", clause) and (aside := _FROM_AIM.fullmatch(left)):
        claim.kind, claim.sign = Kind.GAP, -1 if "少" in aside.group() else 1
    elif claim.right.startswith(_LACK) and _SHORTFALL.search(left):
        claim.kind, claim.sign = Kind.GAP, -1
    elif (gap := wording.GAP.search(left)) and not wording.TARGET_RIGHT.match(claim.right):
        claim.kind = Kind.GAP
        claim.sign = -1 if gap["short"] else 1
    elif _target(claim):
        claim.kind = Kind.TARGET
        _relation(claim)
    elif (
        growth
        and not left.endswith(("的", "的有", "的就有", "的达"))
        and not _reached(claim)
        and _changes(claim, growth)
    ):
        claim.kind = Kind.CHANGE
        claim.sign = -1 if growth["down"] else 1
    _link_level(claim, clause)
    claim.name = _name(claim)


_FROM_AIM = re.compile(
    r"(?:的[\x00\u4e00-\u9fff]{0,8}(?:目标|任务|计划|指标)数?[多少超][\u4e00-\u9fff]{0,2}|[多少])"
)
_CHANGING = {"增加", "减少", "下降", "增长", "上升", "回落", "增产", "减产", "精简", "压缩", "压减", "缩短", "提升", "扩大",
             "提高", "降低"}  # fmt: skip


def _changes(claim: Claim, growth: re.Match[str]) -> bool:
    """Whether a verb of growth before an amount means a change: 比上年增加5家, but not 新增5家."""
    verb = growth["up"] or growth["down"]
    before = claim.left[: growth.start()].removeprefix("的基础上")
    if growth["up"] and before.endswith("新"):
        return False
    if (
        _RELATIVE_TO.search(claim.left)
        or "同比" in claim.left
        or verb in ("增收", "减收", "增支", "减支", "净增")
    ):
        return True
    moved = verb[0] in "多少" or verb in _CHANGING
    return moved and (not before.strip(",、\x00") or (claim.series == 0 and len(before) <= 3))


def _target(claim: Claim) -> bool:
    """Whether the words call the quantity a target: 目标53%, or 20家的目标."""
    if _BASIS.search(claim.left):
        return False
    if claim.bounding == "≥":
        return True
    if wording.TARGET.search(claim.left):
        of_it = re.search(r"(?:目标|任务|计划|预算|指标)(?:总?[值数量额])?的$", claim.left)
        return not (of_it and claim.dimension in (PERCENT, MULTIPLE))
    if wording.PLANNED.search(claim.left) or wording.TIER_OPENS.search(claim.left):
        return True
    right = wording.TARGET_RIGHT.match(claim.right)
    if right is None or wording.VALUE_COMPARED.search(right["mid"]):
        return False
    if claim.left in ("与", "同", "和", "比", "较", ",与", ",比", ",较", ",同"):
        return right.group().startswith("的") and not claim.series
    if re.match(r"之?中|当中|里", claim.right[right.end() :]):
        return False
    return bool(
        re.search(r"完成|达到|超|实现|下达|确定|制定|的$|全年|年度|未|[距离]$", claim.left[-16:])
        or not claim.left
    ) or (claim.right.startswith(("目标", "的目标", "任务", "的任务")))


def _relation(claim: Claim) -> None:
    words = claim.phrase[-24:]
    for name, pattern in (
        ("below", wording.BELOW),
        ("exceeds", wording.EXCEEDS),
        ("meets", wording.MEETS),
    ):
        if pattern.search(words):
            claim.relation = name
            return


def _link_level(claim: Claim, clause: str) -> None:
    left = claim.left
    last_year = claim.period is not None and claim.period.shift == -1
    bracketed = claim.depth and left in ("年初", "年初为", "年初数")
    built_on = claim.right.startswith("的基础上")
    if (
        built_on
        or bracketed
        or (last_year and _LAST_YEAR_WAS.match(left))
        or (
            wording.FROM.search(left)
            or wording.BASE.search(left)
            or wording.COMPARED_WITH.search(left)
        )
    ):
        claim.link = Link.BASE
    elif _reached(claim) or (wording.REACHED.search(left) and ("由" in clause or "从" in clause)):
        claim.link = Link.REACHED
    elif wording.REST.search(left) or claim.right.startswith(("其他", "其它")):
        claim.link = Link.REST
    elif _PART.search(clause):
        claim.link = Link.PART
    elif wording.TOTAL.search(left):
        claim.link = Link.TOTAL


_AMONG = re.compile(r"(?:在|从)[\u4e00-\u9fff\x00]{0,8}$")
_INSIDE = re.compile(r"的?(?P<noun>[\u4e00-\u9fff]{2,14}?)(?:之?中|当中|里|内)$")
_AMONG_WHOLE = re.compile(r"的(?P<noun>[\u4e00-\u9fff]{2,14})(?:之?中|当中|里)")
_SET_BY = re.compile(
    r"(?:下达|确定|制定|提出|安排|核定|超额?(?:完成|过)?|完成|达到|实现|低于|高于)(?:的|了)?"
)


def _target_name(claim: Claim, name: str) -> str:
    """What a target is for: before it (进限8家目标) or between it and the word (30家新入库企业目标)."""
    right = wording.TARGET_RIGHT.match(claim.right)
    if right and len(words := wording.strip_name(right["mid"])) >= 2:
        return words
    return wording.strip_name(_SET_BY.split(name)[-1])


def _name(claim: Claim) -> str:
    """The noun phrase of the quantity: before it, or after it when it counts (64个在建项目)."""
    left, right = claim.left, claim.right
    if claim.kind is Kind.CHANGE and (growth := wording.GROWTH.search(left)):
        left = re.sub(
            r"同比|环比|[比较](?:上年|去年|\x00+)(?:同期|末|底)?", "", left[: growth.start()]
        )
    name = wording.strip_name(left.removeprefix("的基础上"))
    if claim.kind is Kind.TARGET:
        return _target_name(claim, name)
    if claim.quantity.unit.counts and (noun := _RIGHT_NOUN.match(right.lstrip("的"))):
        words = noun["noun"]
        end = _NOUN_END.search(words, 1)
        after = wording.strip_name(words[: end.start()] if end else words)
        if inner := _INSIDE.match(right) if _AMONG.search(left) else None:
            after = inner["noun"]
        inside = right.startswith(after) and re.match(
            r"之?中(?![心学小医国央介])|当中|里|内", right[len(after) :]
        )
        if inside and not re.search(r"[高初集其途完空水]$", after):
            claim.definite = True
        if after and (not name or len(after) >= 2):
            return name + after if not claim.definite else after
    elif right.startswith("的") and (among := _AMONG_WHOLE.fullmatch(right)):
        claim.definite = bool(_AMONG.search(left) or not left)
        return wording.strip_name(among["noun"]) if claim.definite else name
    return name
