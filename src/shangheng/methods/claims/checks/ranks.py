"""Ranks, averages and unit values."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import before, exact, finding, like, number, show, slip
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.units import RANK, UNITS
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_BETTER = re.compile(r"前移|上升|进步|提升|提高|前进|升|进")
_WORSE = re.compile(r"后移|下降|退步|后退|下滑|降|退")
_MOVE = re.compile(r"(?:前移|上升|进步|提升|提高|前进|升|进|后移|下降|退步|后退|下滑|降|退)了?$")
_FROM = re.compile(
    r"(?:由|从)[^,;]{0,12}第$|(?:当时|此前|原来|原先|之前)[^,;]{0,8}第$|(?:上(?:个|一)?[年期次季月轮]|去年|\x00{2}|同期|[比较][^,;]{1,12})[^,;]{0,8}第$"
)
_PER = {"人均": "人", "户均": "户", "亩均": "land", "家均": "家", "场均": "场", "单个": "个", "平均每个": "个",
        "平均每家": "家", "平均每户": "户", "平均每人": "人", "平均每亩": "land", "平均每场": "场", "平均每次": "次",
        "平均每件": "件", "平均每平方米": "area", "每平方米": "area", "每亩": "land", "每户": "户", "每家": "家",
        "每个": "个", "每场": "场", "日均": "time:d", "平均每天": "time:d"}  # fmt: skip


_EACH_OF = re.compile(r"平均每[个家所座名条处户]?(?P<noun>[\u4e00-\u9fff]{1,4})$")
_EACH = re.compile(rf"(?:^|[,、(;])(?P<noun>[{wording.EACH}])均")


def check_rank_change(statements: Statements) -> Iterator[Finding]:
    """由第a位升至第b位,上升c位: c is a − b, and a rise makes the number smaller.

    Example: 由第15位上升到第12位,上升3位 → ok; 上升4位 → inconsistent; 由第12位上升到第15位 → inconsistent.
    With one rank only, the rank before is computed and given → uncheckable.
    """
    ranked = {c.sentence: c for c in statements.of_kind(Kind.RANK)}
    for sentence in map(statements.sentence, ranked.values()):
        ranks = [c for c in sentence if c.kind is Kind.RANK and c.dimension == RANK]
        moves = [c for c in sentence if c.dimension == "count:人" and c.quantity.unit.name in ("位", "名", "个位次", "位次")
                 and _MOVE.search(c.left) and exact(c)]  # fmt: skip
        if len(ranks) == 2 and _FROM.search(ranks[0].left):
            yield from _two_ranks(statements, ranks, moves)
        elif len(ranks) == 2 and _FROM.search(ranks[1].left):
            yield from _two_ranks(statements, ranks[::-1], moves)
        elif len(ranks) == 1 and len(moves) == 1 and moves[0].index == ranks[0].index + 1:
            yield _one_rank(statements, ranks[0], moves[0])


def _two_ranks(statements: Statements, ranks: list[Claim], moves: list[Claim]) -> Iterator[Finding]:
    old, new = ranks
    shift = old.quantity.value - new.quantity.value
    words = new.left + (moves[0].left if moves else "")
    better, worse = bool(_BETTER.search(words)), bool(_WORSE.search(words))
    wrong = (better and not worse and shift < 0) or (worse and not better and shift > 0)
    claims = [old, new, *moves[:1]]
    stated = say(", 文中写%(move)s", move=_words(moves[0])) if moves else ""
    if moves:
        wrong = wrong or abs(shift) != moves[0].quantity.value
    arithmetic = f"{number(old.quantity.value)} - {number(new.quantity.value)} = {number(shift)}"
    message = say("名次与变动相符。") if not wrong else (
        say("由第%(old)s位到第%(new)s位是%(which)s%(shift)s位%(stated)s。", old=number(old.quantity.value), new=number(new.quantity.value), which=say("上升") if shift > 0 else say("下降"), shift=number(abs(shift)), stated=stated))  # fmt: skip
    yield finding(
        statements,
        "rank_change",
        Verdict.INCONSISTENT if wrong else Verdict.OK,
        claims,
        arithmetic,
        message,
    )


def _words(move: Claim) -> str:
    found = _MOVE.search(move.left)
    return (found.group() if found else "") + show(move)


def _one_rank(statements: Statements, rank: Claim, move: Claim) -> Finding:
    better = bool(_BETTER.search(move.left[-4:]))
    earlier = rank.quantity.value + (1 if better else -1) * move.quantity.value
    arithmetic = f"{number(rank.quantity.value)} {'+' if better else '-'} {number(move.quantity.value)} = {number(earlier)}"
    if earlier < 1:
        return finding(statements, "rank_change", Verdict.INCONSISTENT, [rank, move], arithmetic,
                       say("推算的上期名次小于1, 名次与变动不可能同时成立。"))  # fmt: skip
    return finding(statements, "rank_change", Verdict.UNCHECKABLE, [rank, move], arithmetic,
                   say("推算上期为第%(earlier)s位; 文中没有上期名次和参评总数, 无法核对。", earlier=number(earlier)), Severity.MINOR)  # fmt: skip


def check_average(statements: Statements) -> Iterator[Finding]:
    """平均每个, 户均, 亩均 …: the total divided by the number, both in the same sentence.

    Example: 10个项目总投资50亿元,平均每个5亿元 → ok; 平均每个6亿元 → inconsistent.
    Limits: exactly one total in the unit of the average and one number in the unit that is divided by.
    """
    averages = [c for c in statements.of_kind(Kind.AVERAGE) if exact(c)]
    for claim in averages:
        yield from _monthly(statements, claim)
        yield from _yearly(statements, claim)
        if found := _unit_value(statements, claim):
            yield average_finding(statements, claim, *found)
            continue
        per = next(
            (u for w, u in sorted(_PER.items(), key=lambda i: -len(i[0])) if w in claim.left[-12:]),
            None,
        )
        unit = re.search(
            r"每(?P<unit>[个家户人亩场次件条座套辆台所名项处盏艘栋棵部间口只头把本册份张队组班期批])(?:[\u4e00-\u9fff]{0,3}平均[\u4e00-\u9fff]{0,4})?$",
            claim.left,
        )
        if per is None and unit:
            per = UNITS[unit["unit"]].dimension.removeprefix("count:")
        each = _EACH.search(claim.left)
        each = each if per is None else None
        if per is None and each is None:
            continue
        others = [c for c in statements.sentence(claim)
                  if c.kind in (Kind.LEVEL, Kind.CHANGE) and exact(c) and c.depth == claim.depth]  # fmt: skip
        dimension = claim.dimension.partition("/")[0]
        heads = {f"count:{per}", per, "count:人次" if per == "人" else per}
        totals = [c for c in others if c.dimension == dimension]
        counts = [c for c in others if c.dimension in heads]
        if not counts and per in ("户", "家"):
            counts = [c for c in others if c.dimension in ("count:户", "count:家")]
        if len(counts) > 1:
            each = _EACH_OF.search(claim.left)
        if each is not None:
            counts = _of_these([c for c in others if c.quantity.unit.counts], each["noun"])
            totals = [c for c in totals if c not in counts]
        if len(totals) != 1 or len(counts) != 1:
            continue
        span = totals[0].quantity.interval.over(counts[0].quantity.interval)
        if span is not None:
            yield average_finding(statements, claim, totals[0], counts[0], span)


def _of_these(counts: list[Claim], noun: str) -> list[Claim]:
    """The counts of what an average is an average of: 26所学校, else 学校26所, for 校均; 300名学生 for 生均."""
    after = [c for c in counts if noun in c.right[:8]]
    return after or [c for c in counts if noun in c.left[-4:]]


def _unit_value(statements: Statements, claim: Claim) -> tuple[Claim, Claim, Interval] | None:
    """均价9000元/平方米, 亩产450公斤, 单体平均8亿元: the only total and the only number before it."""
    levels = [c for c in before(statements, claim) if c.kind is Kind.LEVEL and exact(c)]
    measure, _, per = claim.dimension.partition("/")
    if "亩产" in claim.left:
        heads = ["land"]
    elif "均价" in claim.left and per:
        heads = [next((UNITS[u].dimension for u in (per,) if u in UNITS), per)]
    elif re.search(r"平均(?:单[个项体]|每)", claim.left):
        heads = [c.dimension for c in levels if c.quantity.unit.counts]
    else:
        return None
    totals = [c for c in levels if c.dimension == measure]
    counts = [c for c in levels if c.dimension in heads]
    if len(levels) != 2 or len(totals) != 1 or len(counts) != 1:
        return None
    span = totals[0].quantity.interval.over(counts[0].quantity.interval)
    return (totals[0], counts[0], span) if span is not None else None


def _yearly(statements: Statements, claim: Claim) -> Iterator[Finding]:
    """五年累计新增55万户,年均11万户: the total just before it, over the number of years that it is said to be of."""
    if "年均" not in claim.left or claim.index < 2:
        return
    years, whole = statements.claims[claim.index - 2 : claim.index]
    alike = whole.dimension == claim.dimension and whole.kind in (Kind.LEVEL, Kind.CHANGE)
    told = years.dimension == "time:y" and re.match(r"(?:累计|总?共|合计|来)", whole.left)
    if (
        not (alike and told and exact(whole))
        or not years.sentence == whole.sentence == claim.sentence
    ):
        return
    span = whole.quantity.interval.over(Interval(years.quantity.value, years.quantity.value))
    if span is not None and years.quantity.value > 1:
        yield average_finding(statements, claim, whole, years, span)


def _monthly(statements: Statements, claim: Claim) -> Iterator[Finding]:
    """全年用电36亿千瓦时,月均3亿千瓦时: the only total before it, over the months that are named."""
    levels = [c for c in before(statements, claim) if c.kind is Kind.LEVEL and exact(c)]
    whole = levels[0] if len(levels) == 1 and "月均" in claim.left else None
    period = whole.period if whole else None
    if whole is None or period is None or period.years > 1 or not statements.dated(whole):
        return
    months = Decimal(period.last - period.first + 1)
    if whole.dimension != claim.dimension or whole.index != claim.index - 1 or months < 2:
        return
    span = whole.quantity.interval.scaled(1 / months)
    fits = span.meets(claim.quantity.interval)
    shown = like(whole.quantity.size / months, claim, places=2)
    yield finding(statements, "average", Verdict.OK if fits else Verdict.INCONSISTENT, [whole, claim],
                  f"{show(whole)} ÷ {months} = {shown} {'≈' if fits else '≠'} {show(claim)}",
                  say("平均数与总数、个数相符。") if fits else say("平均应为%(shown)s, 文中写%(claim)s%(hint)s。", shown=shown, claim=show(claim), hint=slip(span, claim.quantity.interval)))  # fmt: skip


def average_finding(
    statements: Statements, claim: Claim, whole: Claim, count: Claim, span: Interval
) -> Finding:
    """What is to be said of an average, its total and its number."""
    stated = claim.quantity.interval
    if claim.hedged:
        stated = Interval(stated.low * Decimal("0.95"), stated.high * Decimal("1.05"))
    fits = span.meets(stated)
    shown = like(whole.quantity.size / count.quantity.size, claim, places=2)
    arithmetic = f"{show(whole)} ÷ {show(count)} = {shown} {'≈' if fits else '≠'} {show(claim)}"
    message = (
        say("平均数与总数、个数相符。")
        if fits
        else say(
            "平均应为%(shown)s, 文中写%(claim)s%(hint)s。",
            shown=shown,
            claim=show(claim),
            hint=slip(span, stated),
        )
    )
    return finding(statements, "average", Verdict.OK if fits else Verdict.INCONSISTENT, [whole, count, claim],
                   arithmetic, message)  # fmt: skip
