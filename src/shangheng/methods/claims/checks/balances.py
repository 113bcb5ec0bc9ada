"""Figures that two others make by one rule: a balance of trade, the ratio of incomes, the leverage of subsidies."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import (
    before,
    exact,
    finding,
    like,
    number,
    printed,
    show,
    slip,
)
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import PERCENT
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_BALANCES = (
    (re.compile(r"顺差(?:额)?"), "出口", "进口"), (re.compile(r"逆差(?:额)?"), "进口", "出口"),
    (re.compile(r"毛利润?|收支相抵|收支差额"), "收入", "成本|支出"), (re.compile(r"自然增[长加]"), "出生(?:人口)?", "死亡(?:人口)?"),
    (re.compile(r"净流入"), "流入", "流出"), (re.compile(r"净流出"), "流出", "流入"),
)  # fmt: skip
_BALANCE_SIGNS = set("差净利抵增")
_RATIOS = (
    ("存贷比", "贷款", "存款"), ("贷存比", "贷款", "存款"), ("自给率", "收入", "支出"), ("依存度", "进出口", "生产总值"),
    ("产销率", "销售产值", "工业总产值"),
)  # fmt: skip
_NUMBER = r"\d{1,3}(?:\.\d{1,4})?"
_INCOMES = re.compile(
    r"收入(?:之)?比(?:值|例)?(?:由[^,;。]{0,12})?(?:进一步)?(?:缩小|下降|降低|降|收窄|调整)?(?:为|是|到|至|达)?(?:了)?"
    rf"(?P<first>{_NUMBER})(?:[:∶](?P<second>{_NUMBER}))?(?![\d.%个:∶])"
)
_LEVERAGE = re.compile(
    r"(?:杠杆率|杠杆比|[杠拉带撬放][杆动大](?:效应|倍数)|乘数(?:效应)?|拉动比|带动比|撬动比|投入产出比)(?:例)?(?:为|是|约|达到?|超过|高达){0,2}"
    rf"(?:1[:∶](?P<ratio>{_NUMBER})|(?P<times>{_NUMBER})(?=倍))(?![\d.:∶])"
)
_DRAWN = re.compile(r"带动|拉动|撬动")


def check_balance(statements: Statements) -> Iterator[Finding]:
    """出口A,进口B,顺差C: the surplus is exports less imports; a deficit the other way round.

    Example: 出口69.68亿元,进口43.86亿元,顺差25.82亿元 → ok; 顺差31.50亿元 → inconsistent.
    Limits: exactly one figure of each kind before it in the paragraph, of one unit and period.
    """
    for claim in statements.of_kind(Kind.LEVEL, Kind.CHANGE):
        if not exact(claim) or not _BALANCE_SIGNS & set(claim.left):
            continue
        names = next(((a, b) for p, a, b in _BALANCES if p.search(claim.left)), None)
        if names is None:
            continue
        sides = [_one_side(statements, claim, name) for name in names]
        if sides[0] is None or sides[1] is None:
            continue
        more, less = sides[0], sides[1]
        span = more.quantity.interval - less.quantity.interval
        fits = span.meets(claim.quantity.interval)
        value = like(more.quantity.size - less.quantity.size, claim)
        yield finding(statements, "balance", _verdict(fits=fits), [more, less, claim],
                      f"{show(more)} - {show(less)} = {value} {'=' if fits else '≠'} {show(claim)}",
                      say("差额与两数相符。") if fits else
                      say("两数之差为%(value)s, 文中写%(claim)s%(hint)s。", value=value, claim=show(claim), hint=slip(span, claim.quantity.interval)))  # fmt: skip


_NET = re.compile(
    r"[,、]?[\u4e00-\u9fff]{0,8}?净(?:(?P<more>增加?|增长|流入|迁入|[入进转调][入进库会职统规]?)|减少?|流出|迁出)(?:[\u4e00-\u9fff]{0,6}?)(?:了|为|达)?"
)
_CAME = re.compile(
    r"新[登注设增开办招引进入迁聘收]|开业|迁入|流入|[入进][职学会库统规]|转入|调入|招录"
)
_WENT = re.compile(
    r"注销|吊销|退[出库市会统规限]|关[闭停]|闭店|停业|倒闭|撤[场店柜离]|离[场店开]|迁出|流出|离职|流失|转出|调出|淘汰|歇业|减少"
)


def check_net(statements: Statements) -> Iterator[Finding]:
    """新登记A,注销B,净增C: what came less what went.

    Example: 新登记企业600户,注销200户,净增400户 → ok; 净增450户 → inconsistent.
    Limits: the three follow each other in one sentence, in one unit.
    """
    for claim in statements.of_kind(Kind.CHANGE, Kind.LEVEL):
        found = _NET.fullmatch(claim.left)
        nearest = list(before(statements, claim))[:2]
        if found is None or len(nearest) < 2 or nearest[1].index != claim.index - 2:
            continue
        sides = _came_and_went(nearest[1], nearest[0])
        if sides is None or not all(
            exact(c) and c.dimension == claim.dimension for c in (claim, *sides)
        ):
            continue
        more, less = sides if found["more"] else sides[::-1]
        span = more.quantity.interval - less.quantity.interval
        fits = span.meets(claim.quantity.interval)
        value = like(more.quantity.size - less.quantity.size, claim)
        yield finding(statements, "balance", _verdict(fits=fits), [more, less, claim],
                      f"{show(more)} - {show(less)} = {value} {'=' if fits else '≠'} {show(claim)}",
                      say("差额与两数相符。") if fits else
                      say("两数之差为%(value)s, 文中写%(claim)s%(hint)s。", value=value, claim=show(claim), hint=slip(span, claim.quantity.interval)))  # fmt: skip


def _came_and_went(one: Claim, other: Claim) -> tuple[Claim, Claim] | None:
    """Of two levels, what came and what went; None where the words do not say."""
    if one.kind is not Kind.LEVEL or other.kind not in (Kind.LEVEL, Kind.CHANGE):
        return None
    if _CAME.search(one.left) and _WENT.search(other.left):
        return one, other
    return (other, one) if _WENT.search(one.left) and _CAME.search(other.left) else None


def _verdict(*, fits: bool) -> Verdict:
    return Verdict.OK if fits else Verdict.INCONSISTENT


def _one_side(statements: Statements, claim: Claim, name: str) -> Claim | None:
    """The only figure of that name before the balance, of its unit and period."""
    found = [c for c in statements.block_until(claim)
             if c.kind is Kind.LEVEL and c.dimension == claim.dimension and exact(c) and c.link is not Link.BASE
             and c.period == claim.period and re.search(f"(?:{name})(?:总?额)?$", c.name)
             and "进出口" not in c.name]  # fmt: skip
    return found[0] if len(found) == 1 else None


def check_named_ratio(statements: Statements) -> Iterator[Finding]:
    """Ratios whose name says what is divided by what: 存贷比, 财政自给率, 外贸依存度, 产销率.

    Example: 存款1258.7亿元,贷款881.1亿元,存贷比70.0% → ok; 76.5% → inconsistent.
    Limits: exactly one figure of each kind before it in the sentence, of one unit and period.
    """
    for claim in statements.of_dimension(PERCENT):
        names = next((n for word, *n in _RATIOS if word in claim.left), None)
        if names is None or not exact(claim):
            continue
        levels = [c for c in before(statements, claim) if c.kind is Kind.LEVEL and exact(c)
                  and c.quantity.unit.money and c.link is not Link.BASE]  # fmt: skip
        sides = [[c for c in levels if name in c.name] for name in names]
        if [len(side) for side in sides] != [1, 1] or sides[0] == sides[1]:
            continue
        part, whole = sides[0][0], sides[1][0]
        span = part.quantity.interval.percent_of(whole.quantity.interval)
        if span is None or part.period != whole.period:
            continue
        fits = span.meets(printed(claim))
        value = number(part.quantity.size / whole.quantity.size * 100)
        yield finding(statements, "named_ratio", _verdict(fits=fits), [part, whole, claim],
                      f"{show(part)} ÷ {show(whole)} = {value}% {'≈' if fits else '≠'} {show(claim)}",
                      say("比率与两数相符。") if fits else say("按两数计算应为%(value)s%%, 文中写%(claim)s。", value=value, claim=show(claim)))  # fmt: skip


def check_income_ratio(statements: Statements) -> Iterator[Finding]:
    """城乡居民收入比: what a townsman has divided by what a countryman has.

    Example: 51200元 and 25600元, 收入比2.00 → ok; 2.20 (or 2.20:1) → inconsistent. 1:0.5 is read the other way.
    Limits: exactly one income of each before it in the paragraph, for one period.
    """
    text = statements.document.unified
    for claims in statements.by_block.values():
        block = claims[0].block
        for found in _INCOMES.finditer(text, block.body, block.end):
            sides = [[c for c in claims if c.start < found.start() and c.kind in (Kind.AVERAGE, Kind.LEVEL)
                      and c.quantity.unit.money and re.search(f"{where}[^,;]*收入", c.phrase) and exact(c)]
                     for where in ("(?:城镇|城市)", "(?:农村|乡村)")]  # fmt: skip
            if len(sides[0]) != 1 or len(sides[1]) != 1 or sides[0][0].period != sides[1][0].period:
                continue
            town, country = sides[0][0], sides[1][0]
            turned = found["second"] not in (None, "1")
            first, second = (country, town) if turned else (town, country)
            yield from _ratio(statements, "income_ratio", first, second,
                              found, found["second"] if turned else found["first"])  # fmt: skip


def check_leverage(statements: Statements) -> Iterator[Finding]:
    """发放A,带动B,杠杆率1:C: what was drawn in divided by what was spent.

    Example: 发放5000万元,带动消费4亿元,杠杆率1:8 → ok; 1:9.5 → inconsistent (4亿元 is at most 4.5, so at most 9).
    Limits: exactly two amounts of money before it in the sentence, the second one drawn in by the first.
    """
    text = statements.document.unified
    for claims in statements.sentences:
        last = claims[-1]
        found = _LEVERAGE.search(text, claims[0].start, statements.sentence_end(last))
        money = [c for c in claims if c.quantity.unit.money and found and c.start < found.start()]
        if found is None or len(money) != 2 or not all(exact(c) and c.level for c in money):
            continue
        spent, drawn = money
        if _DRAWN.search(drawn.left) and not _DRAWN.search(spent.left):
            yield from _ratio(statements, "leverage", drawn, spent, found, found["ratio"] or found["times"])  # fmt: skip


def _ratio(
    statements: Statements, check: str, over: Claim, under: Claim, found: re.Match[str], words: str
) -> Iterator[Finding]:
    """What is to be said of a printed ratio of two claims."""
    span = over.quantity.interval.over(under.quantity.interval)
    if span is None:
        return
    stated, half = Decimal(words), Decimal(1).scaleb(-len(words.partition(".")[2])) / 2
    fits = span.meets(Interval(stated - half, stated + half))
    value = number(over.quantity.size / under.quantity.size, 3)
    yield finding(statements, check, _verdict(fits=fits), [over, under],
                  f"{show(over)} ÷ {show(under)} = {value} {'≈' if fits else '≠'} {words}",
                  say("比值与两数相符。") if fits else say("按两数计算比值应为%(value)s, 文中写“%(words)s”。", value=value, words=found.group()))  # fmt: skip
