"""What all checks share: making findings, finding the figures that belong together."""

import re
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from itertools import islice

from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.statements.claim import Claim, Kind
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_NOT_COMPARABLE = re.compile(
    r"同口径|可比|自然口径|剔除|扣除|不变价|两年平均|年均(?=[增递下提上复]|\d|为|达)|名义|实际增长|调整后|不含|还原"
)
_WIDE = Context(prec=400)
_PLACES = [Decimal(1).scaleb(-places) for places in range(5)]


def show(claim: Claim) -> str:
    """The figure as printed, with its unit."""
    quantity = claim.quantity
    if quantity.unit.name.endswith("分之"):
        return quantity.unit.name + quantity.figure
    return quantity.figure.replace(" ", "") + quantity.unit.name


def number(value: Decimal, places: int = 2) -> str:
    """A computed value for the reader: at most `places` decimals, no trailing zeros."""
    if not value.is_finite():
        return "∞"
    rounded = value.quantize(_PLACES[places], context=_WIDE)
    return f"{rounded.normalize(_WIDE):f}" if rounded else "0"


def span_text(statements: Statements, spans: Iterable[tuple[int, int]]) -> str:
    """The words around the spans, for the quote: from the first to the last, shortened inside."""
    ordered = sorted(spans)
    text = statements.document.text
    start, end = ordered[0][0], ordered[-1][1]
    if end - start <= 120:
        return _widen(text, start, end)
    return _widen(text, *ordered[0]) + "…" + _widen(text, *ordered[-1])


def _widen(text: str, start: int, end: int) -> str:
    """The span with the words of its clause before it."""
    low = start
    while low > 0 and start - low < 24 and text[low - 1] not in "，,。;；:：\n、(（":
        low -= 1
    return text[low:end].strip()


def finding(
    statements: Statements, check: str, verdict: Verdict, claims: list[Claim], arithmetic: str,
    message: str, severity: Severity = Severity.MAJOR,
) -> Finding:  # fmt: skip
    """A finding about claims."""
    spans = tuple(sorted({c.span for c in claims}))
    return Finding(check, verdict, severity, spans, span_text(statements, spans), arithmetic,
                   message, tuple(sorted({c.index for c in claims})))  # fmt: skip


def textual(
    statements: Statements, check: str, verdict: Verdict, spans: list[tuple[int, int]],
    arithmetic: str, message: str, severity: Severity,
) -> Finding:  # fmt: skip
    """A finding about words."""
    ordered = tuple(sorted(set(spans)))
    return Finding(
        check, verdict, severity, ordered, span_text(statements, ordered), arithmetic, message
    )


def exact(claim: Claim) -> bool:
    """Whether the figure is given as such, not bounded or vague."""
    return claim.quantity.bound is Bound.EXACT


def before(statements: Statements, claim: Claim, *, depth: bool = True) -> Iterator[Claim]:
    """The claims of the sentence before this one, nearest first, at the same depth of brackets."""
    for other in reversed(statements.sentence_until(claim)):
        if not depth or other.depth == claim.depth:
            yield other


def before_and_in_brackets(statements: Statements, claim: Claim) -> Iterator[Claim]:
    """`before`, with the one that stands alone in brackets after the nearest figure: 45个(任务50个),完成率90%."""
    earlier = list(before(statements, claim))
    at = claim.index - 1
    gloss = statements.claims[at] if at > 0 else claim
    if (
        gloss.depth == claim.depth + 1
        and gloss.sentence == claim.sentence
        and earlier[:1] == [statements.claims[at - 1]]
    ):
        earlier.insert(0, gloss)
    yield from earlier


_DUE = re.compile(r"应(?P<act>[一-鿿])")


def due_and_met(whole: Claim, done: Claim) -> bool:
    """Whether one figure is what was due and the other what of it was done: 应检400家,实检380家."""
    due = _DUE.search(whole.left)
    return due is not None and re.search(f"[实已]{due['act']}", done.left) is not None


def antecedent(statements: Statements, claim: Claim) -> Claim | None:
    """The level that a growth or share speaks of: the one before it; with 分别 the one in turn."""
    levels = (c for c in before(statements, claim) if c.kind is Kind.LEVEL)
    ratios = series(statements, claim)
    if not _distributed(ratios[0]):
        return next(levels, None) if claim is ratios[0] else None
    if len(ratios) == 1:
        return None
    run = list(islice((c for c in levels if c.index < ratios[0].index), len(ratios)))[::-1]
    same = len({c.dimension for c in run}) == 1
    return run[ratios.index(claim)] if len(run) == len(ratios) and same else None


def _distributed(claim: Claim) -> bool:
    return "分别" in claim.phrase


def series(statements: Statements, claim: Claim) -> list[Claim]:
    """The run of figures joined by 、 and 和 that this one belongs to."""
    sentence = statements.sentence(claim)
    first = at = claim.index - sentence[0].index
    while first and sentence[first].series and sentence[first - 1].dimension == claim.dimension:
        first -= 1
    last = at
    while (
        last + 1 < len(sentence)
        and sentence[last + 1].series
        and sentence[last + 1].dimension == claim.dimension
    ):
        last += 1
    return sentence[first : last + 1]


def same_time(one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of the same time: no two different periods are given."""
    if one.planned != other.planned:
        return False
    return one.period is None or other.period is None or one.period == other.period


def comparable(claim: Claim, statements: Statements) -> bool:
    """Whether growth can be recomputed: no word says that the base or the prices were adjusted."""
    text = statements.document.unified
    return not _NOT_COMPARABLE.search(
        text, max(claim.block.start, claim.start - 60), claim.end + 12
    )


def printed(claim: Claim) -> Interval:
    """What the printed percentage can stand for; a hedge (约占) widens it by a point."""
    interval = claim.quantity.interval
    return interval.widened(Decimal(1)) if claim.hedged else interval


def aim(whole: Claim) -> Interval:
    """What a whole can stand for: a target is set, so 3万亩 is not anything from 2.5 to 3.5."""
    interval, size = whole.quantity.interval, whole.quantity.size
    if whole.kind is not Kind.TARGET or whole.quantity.bound is not Bound.EXACT:
        return interval
    margin = abs(size) / 200
    return Interval(max(interval.low, size - margin), min(interval.high, size + margin))


def slip(interval: Interval, wanted: Interval) -> str:
    """Words for a factor of ten that would mend a relation: probably a slip of unit; "" if none."""
    for powers, words in (((4, -4), say("万与亿相差一万倍")), ((1, -1), say("小数点移一位")),
                          ((2, -2), say("小数点移两位")), ((8, -8), say("元与亿元"))):  # fmt: skip
        if any(interval.scaled(Decimal(10) ** power).meets(wanted) for power in powers):
            return say("(若%(words)s则相符, 疑为单位或小数点之误)", words=words)
    return ""


def scale_of(claim: Claim) -> Decimal:
    """The multiplier that a figure is printed with: 10⁸ for 亿, 10⁴ for 万, else 1."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        if mark in claim.quantity.figure:
            return Decimal(size)
    return Decimal(1)


def scaled_unit(claim: Claim) -> str:
    """The unit with the multiplier that a figure is printed with: 亿元, 万人."""
    mark = next((m for m in "亿万" if m in claim.quantity.figure), "")
    return mark + claim.quantity.unit.name


def signed(claim: Claim) -> str:
    """The figure as printed, with a minus for a fall."""
    return ("-" if claim.sign < 0 else "") + show(claim)


def like(value: Decimal, claim: Claim, places: int = 4) -> str:
    """A size in the unit and multiplier that a claim was printed in."""
    return number(value / scale_of(claim) / claim.quantity.unit.size, places) + scaled_unit(claim)
