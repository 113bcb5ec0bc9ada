"""Growth: from a base given in words, from a change, and across years and tiers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import (
    antecedent,
    before,
    comparable,
    exact,
    finding,
    number,
    printed,
    scale_of,
    scaled_unit,
    show,
    signed,
    slip,
)  # fmt: skip
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import MULTIPLE, PERCENT, POINT, RANK
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

PRICE_ADJUSTED = re.compile(
    r"生产总值(?!能耗)|GDP(?!能耗)|增加值|可支配收入|农林牧渔业总产值|农业总产值|人均收入"
)
_GAINED = re.compile("[,、]?(?:净|比上年|较上年)?新增加?了?")
_CAME_TO_BE = re.compile("[,、]?(?:总[量数额])?(?:为|达到?|至)")
_CAME_TO = re.compile(r"[,、]?(?:总[量数额])?(?:达到?|增至|增加到)(?:了)?")
_HUNDRED = Decimal(100)
_SUPPOSED = re.compile(r"(?:应|应该|应当|本应|理应|将|预计)(?:为|是|达到?|有)$")


def check_growth_from_base(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,增长Z%: growth recomputed from both ends given in the sentence.

    Example: 由50家增加到80家,增长60%: 80 ÷ 50 − 1 = 60 % → ok; 增长50% → inconsistent. The same for
    上年同期为50家. A change in units (增加30家) and in percentage points is checked in the same way.
    Limits: base and result must be in one sentence and one unit; words such as 可比口径 stop the check.
    """
    for claim in statements.of_kind(Kind.GROWTH, Kind.CHANGE, Kind.LEVEL):
        if claim.kind is Kind.LEVEL and not _GAINED.fullmatch(claim.left):
            continue
        if not comparable(claim, statements):
            continue
        pair = _ends(statements, claim)
        if pair is None or claim.link is not Link.NONE:
            continue
        result = _from_ends(statements, claim, *pair)
        if result is not None:
            yield result


def _ends(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """The base and the result that the sentence gives, when there is exactly one of each."""
    want = PERCENT if claim.dimension == POINT else None
    kinds = (Kind.RATE, Kind.SHARE, Kind.OTHER) if want else (Kind.LEVEL, Kind.AVERAGE)
    near = [c for c in statements.sentence(claim)
            if c is not claim and (c.depth == claim.depth or (c.link is Link.BASE and abs(c.index - claim.index) == 1))
            and (c.kind in kinds or c.link is not Link.NONE)
            and abs(c.index - claim.index) <= 3]  # fmt: skip
    bases = [c for c in near if c.link is Link.BASE and (want is None or c.dimension == want)]
    if not bases and want is None:
        return _two_years(statements, claim)
    if len(bases) != 1 or bases[0].index > claim.index + 1:
        return None
    base = bases[0]
    if base.index > claim.index:
        return _base_last(statements, claim, base) or _change_first(statements, claim, base)
    other = (claim.name and claim.name not in base.name) or "分别" in claim.phrase
    if other or (want is None and base.dimension == PERCENT):
        return None
    reached = [c for c in near if c.dimension == base.dimension and c is not base
               and not _SUPPOSED.search(c.left)
               and ((c.link is Link.REACHED and c.index < claim.index) or c.index == base.index - 1
                    or _set_against(base, c, claim))
               and ";" not in statements.between(*sorted((c, claim), key=lambda x: x.index))]  # fmt: skip
    if not reached and want is None and (headline := _headline(statements, base)):
        reached = [headline]
    return (base, reached[-1]) if len(reached) == 1 else None


def _headline(statements: Statements, base: Claim) -> Claim | None:
    """75.1亿元!夜间消费额较上年的65.8亿元劲增14%: a figure cried out alone is what the next sentence speaks of."""
    cried = statements.claims[max(base.index - 1, 0)]
    alone = statements.sentence(cried) == [cried] and not re.search("[\u4e00-\u9fff]", cried.left)
    next_to = cried.block is base.block and cried.sentence == base.sentence - 1 and not cried.right
    return cried if alone and next_to and cried.dimension == base.dimension else None


def _set_against(base: Claim, result: Claim, claim: Claim) -> bool:
    """与上年同期的40亿元相比,今年完成44亿元; 在上年40亿元的基础上增加4亿元,达到44亿元."""
    if base.right.startswith("相比") and result.index == base.index + 1 == claim.index - 1:
        return True
    onwards = base.right.startswith("的基础上") and result.index == claim.index + 1
    return onwards and _CAME_TO.fullmatch(result.left) is not None


def _two_years(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """2023年4.62亿美元,2022年为4.2亿美元,增长10%: the same figure of two years that follow each other."""
    levels = [c for c in before(statements, claim) if c.kind is Kind.LEVEL][:2]
    if len(levels) < 2 or levels[0].index != claim.index - 1 or levels[1].index != claim.index - 2:
        return None
    later, earlier = sorted(levels, key=_time_of, reverse=True)
    if not (earlier.period and later.period) or earlier.period.years > 1 < later.period.years:
        return None
    same_months = (earlier.period.first, earlier.period.last) == (
        later.period.first,
        later.period.last,
    )
    if not _month_after(claim, earlier, later) and (
        not same_months or _year_of(later) - _year_of(earlier) != 1
    ):
        return None
    unnamed = not levels[0].name or levels[0].name == levels[1].name
    alike = earlier.dimension == later.dimension and not claim.name and unnamed
    return (earlier, later) if alike and not claim.planned else None


def _month_after(claim: Claim, earlier: Claim, later: Claim) -> bool:
    """12月份41亿元,11月份38亿元,环比增长8%: two months that follow each other, one told against the other."""
    months = [p for c in (earlier, later) if (p := c.period) and p.first == p.last]
    told = "环比" in claim.left and len(months) == 2 and _year_of(earlier) == _year_of(later)
    return told and abs(months[0].first - months[1].first) == 1


def _time_of(claim: Claim) -> tuple[int, int]:
    return _year_of(claim), claim.period.last if claim.period else 0


def _year_of(claim: Claim) -> int:
    """The year of a claim; counted from the report's own year where the report does not name it."""
    if claim.period is None:
        return -(10**4)
    return claim.period.year if claim.period.year is not None else claim.period.shift


def _change_first(statements: Statements, claim: Claim, base: Claim) -> tuple[Claim, Claim] | None:
    """净增1.8万户,总量由12.2万户增加到14.0万户; 增幅为5%,由20万户升至21万户: the change before both ends."""
    opening = statements.sentence(claim)[0] is claim and base.index == claim.index + 1
    rate = claim.dimension == PERCENT and opening and not claim.name
    if not rate and (claim.kind is not Kind.CHANGE or base.dimension != claim.dimension):
        return None
    after = [c for c in statements.sentence(claim) if c.index == base.index + 1]
    if not after or after[0].link is not Link.REACHED or after[0].dimension != base.dimension:
        return None
    total = rate or re.search(r"总[量数额]", base.left)
    return (base, after[0]) if total or (claim.name and claim.name in base.name) else None


def _base_last(statements: Statements, claim: Claim, base: Claim) -> tuple[Claim, Claim] | None:
    """完成Y,同比增长Z%,上年同期为X: the base follows, the result is the level before the growth."""
    earlier = next(before(statements, claim), None)
    alike = earlier is not None and earlier.dimension == base.dimension != PERCENT
    if earlier is None or not alike or earlier.kind is not Kind.LEVEL or claim.name:
        return None
    return (base, earlier) if base.depth or wording.BASE.search(base.left) else None


def _from_ends(statements: Statements, claim: Claim, base: Claim, result: Claim) -> Finding | None:
    if not all(exact(c) for c in (claim, base, result)):
        return None
    if claim.dimension == PERCENT and PRICE_ADJUSTED.search(result.name + base.name):
        return None
    low, high = base.quantity, result.quantity
    if claim.dimension == PERCENT:
        span = high.interval.growth_from(low.interval)
        value = (high.size / low.size - 1) * 100 if low.size else None
        unit, shown = "%", f"{show(result)} ÷ {show(base)} - 1"
    elif claim.dimension in (POINT, base.dimension):
        span = high.interval - low.interval
        value = high.size - low.size
        unit = say("个百分点") if claim.dimension == POINT else ""
        shown = f"{show(result)} - {show(base)}"
    else:
        return None
    if span is None or value is None:
        return None
    stated = printed(claim).scaled(Decimal(claim.sign))
    factor = claim.quantity.unit.size if not unit else Decimal(1)
    verdict = Verdict.OK if span.meets(stated) else Verdict.INCONSISTENT
    plain = number(value / factor / scale_of(claim) if not unit else value)
    unit = unit or scaled_unit(claim)
    hint = "" if verdict is Verdict.OK else slip(span, stated)
    message = say("增减与前后两数相符。") if verdict is Verdict.OK else (
        say("由%(base)s到%(result)s应为%(plain)s%(unit)s, 文中写%(claim)s%(hint)s。", base=show(base), result=show(result), plain=plain, unit=unit, claim=signed(claim), hint=hint))  # fmt: skip
    arithmetic = f"{shown} = {plain}{unit} {'≈' if verdict is Verdict.OK else '≠'} {signed(claim)}"
    return finding(statements, "growth", verdict, [base, result, claim], arithmetic, message)


def check_growth_from_change(statements: Statements) -> Iterator[Finding]:
    """完成Y,比上年增加D,增长Z%: the base is Y − D, so Z must be D ÷ (Y − D).

    Example: 税收收入8103万元,比上年增收1284万元,增长18.8%: 1284 ÷ 6819 = 18.83 % → ok.
    Limits: the three must follow each other in one sentence; 同口径 and the like stop the check.
    """
    for claim in statements.of_kind(Kind.GROWTH):
        if claim.dimension != PERCENT or claim.series:
            continue
        yield from _over_base(statements, claim)
        triple = _change_and_level(statements, claim)
        if triple is None:
            continue
        change, level = triple
        if change.dimension != level.dimension or not comparable(claim, statements):
            continue
        if PRICE_ADJUSTED.search(level.name):
            continue
        if all(exact(c) for c in (claim, change, level)) and level.link in (
            Link.NONE,
            Link.PART,
            Link.TOTAL,
            Link.REACHED,
        ):
            yield from _from_change(statements, claim, change, level)


def _over_base(statements: Statements, claim: Claim) -> Iterator[Finding]:
    """比上年8万辆净增4万辆,增长50%: the change out of the base that is given."""
    earlier = list(before(statements, claim))[:2]
    if len(earlier) < 2 or earlier[0].kind is not Kind.CHANGE or earlier[1].link is not Link.BASE:
        return
    change, base = earlier
    if change.dimension != base.dimension or not (exact(claim) and exact(change) and exact(base)):
        return
    span = change.quantity.interval.percent_of(base.quantity.interval)
    if span is None or claim.name or claim.sign != change.sign or not comparable(claim, statements):
        return
    text = statements.document.unified[statements.sentence_start(claim) : claim.start]
    if PRICE_ADJUSTED.search(text):
        return
    fits = span.meets(printed(claim))
    value = number(change.quantity.size / base.quantity.size * 100)
    yield finding(statements, "growth", Verdict.OK if fits else Verdict.INCONSISTENT, [base, change, claim],
                  f"{show(change)} ÷ {show(base)} = {value}% {'≈' if fits else '≠'} {show(claim)}",
                  say("增减额与增幅相符。") if fits else say("按增减额与上年数增幅应为%(value)s%%, 文中写%(claim)s。", value=value, claim=signed(claim)))  # fmt: skip


def _change_and_level(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """The change in units beside a growth, and the level before both: Y,增加D,增长Z% or Y,增长Z%,增加D."""
    sentence = [c for c in statements.sentence(claim) if c.depth == claim.depth]
    if len(claim.name) >= 4:
        return None
    at = next(i for i, c in enumerate(sentence) if c is claim)
    earlier = sentence[max(0, at - 2) : at]
    if len(earlier) == 2 and (earlier[0].link is Link.BASE or earlier[0].dimension == RANK):
        return None
    levels = (Kind.LEVEL, Kind.AVERAGE)
    if len(earlier) == 2 and earlier[1].kind is Kind.CHANGE and earlier[0].kind in levels:
        return earlier[1], earlier[0]
    if len(earlier) == 2 and earlier[0].kind is Kind.CHANGE and earlier[1].kind is Kind.LEVEL:
        since = re.search(r"[比较](?:上年|去年|\x00|年初)|同比", earlier[0].left)
        alike = since and not earlier[1].name.startswith("新") and earlier[1].link is Link.REACHED
        return (earlier[0], earlier[1]) if alike else None
    later = sentence[at + 1 : at + 2]
    if later and earlier and earlier[-1].kind is Kind.CHANGE and later[0].kind is Kind.LEVEL:
        fell = re.search(r"[比较](?:上年|去年|\x00|年初)|同比", earlier[-1].left)
        return (earlier[-1], later[0]) if fell and _CAME_TO_BE.fullmatch(later[0].left) else None
    if later and later[0].kind is Kind.CHANGE and earlier and earlier[-1].kind is Kind.LEVEL:
        alone = not later[0].name and later[0].dimension == earlier[-1].dimension
        return (later[0], earlier[-1]) if alone else None
    return None


def _from_change(
    statements: Statements, claim: Claim, change: Claim, level: Claim
) -> Iterator[Finding]:
    moved_by = change.quantity.interval.scaled(Decimal(change.sign))
    base = level.quantity.interval - moved_by
    span = moved_by.percent_of(base)
    if span is None or level.quantity.size == change.quantity.size * change.sign:
        return
    stated = printed(claim).scaled(Decimal(claim.sign))
    moved = change.quantity.size * change.sign
    value = moved / (level.quantity.size - moved) * 100
    verdict = Verdict.OK if span.meets(stated) else Verdict.INCONSISTENT
    if change.sign != claim.sign and Interval(-span.high, -span.low).meets(stated):
        verdict = Verdict.INCONSISTENT
    minus = "-" if change.sign > 0 else "+"
    arithmetic = (f"{signed(change)} ÷ ({show(level)} {minus} {show(change)}) = {number(value)}% "
                  f"{'≈' if verdict is Verdict.OK else '≠'} {signed(claim)}")  # fmt: skip
    message = say("增减额与增幅相符。") if verdict is Verdict.OK else (
        say("按增减额推算增幅应为%(value)s%%, 文中写%(claim)s%(hint)s。", value=number(value, 1), claim=signed(claim), hint=slip(span, stated)))  # fmt: skip
    yield finding(statements, "growth", verdict, [level, change, claim], arithmetic, message)


def check_growth_without_base(statements: Statements) -> Iterator[Finding]:
    """同比增长Z% with no base in the report: nothing to recompute, the implied base is given.

    Example: 完成110亿元,同比增长10%: last year's figure would be 100亿元 → uncheckable.
    """
    for claim in statements.of_kind(Kind.GROWTH):
        if claim.dimension != PERCENT or claim.planned:
            continue
        level = antecedent(statements, claim)
        if (
            level is None
            or level.dimension in (PERCENT, POINT)
            or level.planned
            or not exact(level)
        ):
            continue
        rate = 1 + claim.sign * claim.quantity.value / _HUNDRED
        if rate <= 0 or level.link in (Link.BASE, Link.REACHED):
            continue
        implied = level.quantity.size / rate / scale_of(level) / level.quantity.unit.size
        arithmetic = f"{show(level)} ÷ (1 {'+' if claim.sign > 0 else '-'} {show(claim)}) = {number(implied)}{scaled_unit(level)}"
        yield finding(statements, "growth_base", Verdict.UNCHECKABLE, [level, claim], arithmetic,
                      say("文中没有上年基数, 无法复算; 列出倒推的基数供核对。"))  # fmt: skip


def check_multiple(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,增长N倍 is Y ÷ X − 1; 是X的N倍 is Y ÷ X; 翻一番 is twice.

    Example: 由20家增加到60家,增长2倍 → ok; 增长3倍 → inconsistent (60 is three times 20).
    Limits: both ends must be in the sentence.
    """
    for claim in statements.of_dimension(MULTIPLE):
        if not exact(claim):
            continue
        pair = _times_of(statements, claim) or _ends(statements, claim)
        if pair is None:
            continue
        base, result = pair
        ratio = result.quantity.interval.over(base.quantity.interval)
        if ratio is None:
            continue
        grown = claim.kind is Kind.GROWTH
        span = Interval(ratio.low - grown, ratio.high - grown)
        value = result.quantity.size / base.quantity.size - grown
        verdict = Verdict.OK if span.meets(printed(claim)) else Verdict.INCONSISTENT
        arithmetic = f"{show(result)} ÷ {show(base)}{' - 1' if grown else ''} = {number(value)}"
        message = say("倍数与前后两数相符。") if verdict is Verdict.OK else (
            say("应为%(value)s倍, 文中写%(claim)s(“增长N倍”与“是N倍”相差一)。", value=number(value, 1), claim=show(claim)))  # fmt: skip
        yield finding(statements, "multiple", verdict, [base, result, claim], arithmetic, message)


def _times_of(statements: Statements, claim: Claim) -> tuple[Claim, Claim] | None:
    """48亿元,是上年32亿元的1.5倍: the base stands just before the multiple."""
    levels = [c for c in before(statements, claim) if c.kind in (Kind.LEVEL, Kind.AVERAGE)][:2]
    if claim.left != "的" or len(levels) < 2 or levels[0].dimension != levels[1].dimension:
        return None
    base, result = levels
    compared = re.match(r"[,、]?(?:已?是|为|相当于|达到?)", base.left)
    alike = compared and base.index == claim.index - 1 and result.index == base.index - 1
    return (base, result) if alike and exact(base) and exact(result) else None


_DOUBLED = re.compile(
    r"(?P<hoped>有望|力争|接近|将近|基本|将|近乎)?(?:实现)?翻(?:了)?(?:(?P<near>近|约|超)?(?P<n>[一两二三四]))?番(?P<more>多|以上)?"
)


def check_doubling(statements: Statements) -> Iterator[Finding]:
    """由X增至Y,翻N番: Y must be about 2ᴺ times X (within 5 %).

    Example: 由2.3亿元增至4.6亿元,翻一番 → ok; 翻两番 → inconsistent (that would be 9.2).
    Limits: both ends must be in the sentence; 翻近一番 and 翻超一番 are left alone.
    """
    text = statements.document.unified
    for result in statements.of_kind(Kind.LEVEL):
        if result.link is not Link.REACHED or not exact(result):
            continue
        found = _DOUBLED.search(
            text, result.end, min(statements.sentence_end(result), result.end + 16)
        )
        base = next((c for c in before(statements, result) if c.link is Link.BASE), None)
        if found is None or found["near"] or found["hoped"] or found["more"]:
            continue
        if base is None or base.dimension != result.dimension:
            continue
        ratio = result.quantity.interval.over(base.quantity.interval)
        if ratio is None:
            continue
        times = Decimal(2) ** (1 + "一两三四".index((found["n"] or "一").replace("二", "两")))
        fits = ratio.meets(Interval(times * Decimal("0.95"), times * Decimal("1.05")))
        value = result.quantity.size / base.quantity.size
        yield finding(
            statements,
            "multiple",
            Verdict.OK if fits else Verdict.INCONSISTENT,
            [base, result],
            f"{show(result)} ÷ {show(base)} = {number(value)} {'≈' if fits else '≠'} {times}",
            say(
                "“%(words)s”是%(times)s倍, 实为%(value)s倍。",
                words=found.group(),
                times=times,
                value=number(value),
            )
            if not fits
            else say("倍数与前后两数相符。"),
        )
