"""Listed projects against their thresholds, and projects counted twice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, takewhile

from shangheng.methods.claims.checks.base import exact, finding, show
from shangheng.methods.claims.checks.lists import DONE, Item, items_of, listings
from shangheng.methods.claims.findings import Finding, Verdict
from shangheng.methods.claims.quantities.quantity import Bound, Quantity
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_MAX_ITEMS = 300
_MOST_NAMED = 12
_OF_THEM = re.compile(
    r"的[\u4e00-\u9fff]{1,8}?(?:[有为是]|包括|分别[为是])(?![\d一二三四五六七八九十])"
)
_OF_SIZE = re.compile(r"以上(?:的)?(?:大?项目)?$")


def _thresholds(statements: Statements, claim: Claim) -> list[Quantity]:
    """The thresholds of money (30亿元以上) in the clause before a count."""
    low = claim.start - len(claim.phrase) - 12
    return [q for q in statements.thresholds(low, claim.start - 1) if q.measure.unit.money]


def check_item_threshold(statements: Statements) -> Iterator[Finding]:
    """30亿元以上项目N个: every item listed for it reaches the threshold (以上 includes the number).

    Example: 引进30亿元以上项目2个:投资36亿元的甲项目、投资25亿元的乙项目 → 25 < 30 → inconsistent.
    其中40亿元以上1个 is counted among the items when all are listed.
    Limits: items of the same paragraph only, named with their investment.
    """
    for items in listings(statements):
        first = items[0].claim
        counts = [
            c
            for c in statements.block(first)
            if c.index < first.index and c.quantity.unit.counts and c.level
        ]
        for count in counts:
            marks = _thresholds(statements, count)
            if len(marks) != 1 or first.sentence - count.sentence > 1:
                continue
            if count.link is Link.PART:
                yield from _part_above(statements, count, marks[0], counts, items)
            else:
                yield from _below_threshold(statements, count, marks[0], items)


def check_bracketed_threshold(statements: Statements) -> Iterator[Finding]:
    """年营收超5亿元的企业3家(甲公司6.3亿元、乙公司4.1亿元): each figure in the brackets reaches the threshold.

    Example: 4.1 < 5 → inconsistent. Limits: the brackets follow the count at once and hold figures of one unit.
    """
    for claims in statements.sentences:
        for place, count in enumerate(claims[:-1]):
            if count.depth or not count.quantity.unit.counts:
                continue
            inside = [c for c in claims[place + 1 : place + 16] if c.depth]
            if not inside or claims[place + 1].depth == 0:
                inside = _as_many(count, claims[place + 1 :])
            if not inside:
                continue
            mark = _mark(statements, claims[place - 1] if place else None, count)
            if mark is None or any(
                c.dimension != mark.measure.unit.dimension or not exact(c) for c in inside
            ):
                continue
            yield from _below_threshold(statements, count, mark, [Item(c, c.name) for c in inside])


def _as_many(count: Claim, following: list[Claim]) -> list[Claim]:
    """企业2家,甲公司6.3亿元、乙公司4.1亿元: as many figures as are counted, in one list that ends with them."""
    items = following[: int(count.quantity.value)]
    listed = len(items) == count.quantity.value >= 2 and all(
        i.name and (i.left.startswith("、") or i.clause == before.clause + 1)
        for before, i in pairwise(items)
    )
    on = following[len(items) : len(items) + 1]
    goes_on = bool(on) and on[0].left.startswith("、")
    return items if listed and not goes_on and items[0].clause == count.clause + 1 else []


def check_named_above(statements: Statements) -> Iterator[Finding]:
    """投资额超10亿元的项目有甲(12亿元)、乙(7.6亿元): each figure in the brackets reaches what the words say.

    Example: 7.6 < 10 → inconsistent. Limits: the names follow 有, 为, 是 or 包括 at once, figures of the same unit.
    """
    for claims in statements.sentences:
        for place, mark in enumerate(claims[:-1]):
            inside = list(takewhile(lambda c: c.depth, claims[place + 1 : place + 16]))
            over = mark.quantity.bound is Bound.OVER and not mark.depth
            if not over or not inside or not _OF_THEM.match(mark.right):
                continue
            if all(c.dimension == mark.dimension and exact(c) for c in inside):
                yield from _below_threshold(statements, mark, Quantity(*mark.span, mark.quantity), [Item(c, c.name) for c in inside])  # fmt: skip


def _mark(statements: Statements, earlier: Claim | None, count: Claim) -> Quantity | None:
    """The threshold of a count: 30亿元以上项目3个, or 超过5亿元的企业3家."""
    marks = _thresholds(statements, count)
    if len(marks) == 1:
        return marks[0]
    if earlier is None or not (earlier.quantity.unit.money and count.left.startswith("的")):
        return None
    over = earlier.quantity.bound is Bound.OVER
    return Quantity(*earlier.span, earlier.quantity) if over else None


def _below_threshold(
    statements: Statements, count: Claim, mark: Quantity, items: list[Item]
) -> Iterator[Finding]:
    for item in items:
        claim = item.claim
        if claim.dimension != mark.measure.unit.dimension:
            continue
        fits = claim.quantity.interval.high >= mark.measure.size
        shown = statements.document.text[mark.start : mark.end]
        yield finding(statements, "item_threshold", Verdict.OK if fits else Verdict.INCONSISTENT, [count, claim],
                      f"{show(claim)} {'>=' if fits else '<'} {shown}",
                      say("所列项目达到门槛。") if fits else say("“%(item)s”投资%(claim)s, 不到所说的%(shown)s。", item=item.name, claim=show(claim), shown=shown))  # fmt: skip


def _part_above(
    statements: Statements, count: Claim, mark: Quantity, counts: list[Claim], items: list[Item]
) -> Iterator[Finding]:
    whole = [
        c
        for c in counts
        if c.index < count.index and c.kind is Kind.LEVEL and c.dimension == count.dimension
    ]
    if not whole or int(whole[-1].quantity.value) != len(items) or not exact(count):
        return
    above = [i for i in items if i.claim.quantity.size >= mark.measure.size]
    fits = len(above) == int(count.quantity.value)
    shown = statements.document.text[mark.start : mark.end]
    yield finding(statements, "item_threshold", Verdict.OK if fits else Verdict.INCONSISTENT,
                  [count, *[i.claim for i in items]], f"{shown}: {len(above)} {'=' if fits else '≠'} {show(count)}",
                  say("达到门槛的项目数相符。") if fits else say("所列项目中%(shown)s的有%(above)s个, 文中写%(count)s。", shown=shown, above=len(above), count=show(count)))  # fmt: skip


def check_threshold_count(statements: Statements) -> Iterator[Finding]:
    """N亿元以上项目K个, while the report names more projects of that size: which are counted?

    Example: 其中40亿元以上1个, but 投资40亿元的甲项目 and 投资55亿元的乙项目 are both named → ambiguous.
    Limits: never inconsistent: a project may belong to another year or another list.
    """
    items = [i for i in items_of(statements) if not i.claim.planned][:_MAX_ITEMS]
    reach = [max(i.claim.quantity.interval.low * 100, i.claim.quantity.size * 99) for i in items]
    for claim in statements.counts:
        if claim.planned or "以上" not in claim.left or not _OF_SIZE.search(claim.left):
            continue
        marks = _thresholds(statements, claim)
        if len(marks) != 1:
            continue
        least = marks[0].measure.size * 99
        above = [item for item, most in zip(items, reach, strict=True) if most >= least]
        names = _distinct(
            [i for i in above if i.claim.dimension == marks[0].measure.unit.dimension]
        )
        if len(names) > claim.quantity.value:
            shown = statements.document.text[marks[0].start : marks[0].end]
            yield finding(statements, "threshold_count", Verdict.AMBIGUOUS, [claim, *[i.claim for i in names[:_MOST_NAMED]]],
                          f"{shown}: {len(names)} > {show(claim)}",
                          say("全文列出的%(shown)s项目有%(names)s, 多于所说的%(claim)s, 统计范围需要说明。", shown=shown, names=_told_names(names), claim=show(claim)))  # fmt: skip


def _told_names(items: list[Item]) -> str:
    """The names of some projects; of very many the first ones."""
    told = "、".join(i.name[:16] for i in items[:_MOST_NAMED])
    return (
        told
        if len(items) <= _MOST_NAMED
        else say("%(names)s等%(number)s个", names=told, number=len(items))
    )


def _distinct(items: list[Item]) -> list[Item]:
    """One item for each project; names that share their first three characters are likely one."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.name[:3], item)
    return list(first.values())


def check_counted_twice(statements: Statements) -> Iterator[Finding]:
    """One project listed under several counted categories: allowed only by a stated rule.

    Example: 甲项目 is among the 2 industrial and the 2 headquarters projects: 4 counts, 3 projects → ambiguous.
    """
    places: dict[str, list[Item]] = defaultdict(list)
    for item in items_of(statements):
        counted = any(
            c.quantity.unit.counts and DONE.search(c.left) for c in statements.block(item.claim)
        )
        if counted and item.claim.depth == 0 and len(item.name) >= 4:
            places[item.name].append(item)
    repeated = [same for same in places.values() if len({i.claim.block.start for i in same}) > 1]
    if not repeated:
        return
    total, distinct = sum(len(same) for same in places.values()), len(places)
    yield finding(statements, "counted_twice", Verdict.AMBIGUOUS, [i.claim for same in repeated for i in same],
                  f"{total} > {distinct}",
                  say("%(names)s在多类目标中重复计数, 需要说明规则。", names='、'.join(same[0].name[:16] for same in repeated)))  # fmt: skip
