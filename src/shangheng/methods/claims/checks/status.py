"""What is done against what is hoped for, and comparisons without a comparator."""

import re
from collections import defaultdict
from collections.abc import Iterator

from shangheng.methods.claims.checks.base import exact, finding, show, textual
from shangheng.methods.claims.checks.lists import items_of
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_FINISHED = re.compile(r"已(?:经|全部|实际)?(?:完成|引进|实现|落实)(?:目标)?$")
_HOPE = re.compile(
    r"(?:有望|预计可?|力争|可望|争取|可)(?:按期|如期|年底前|超额|提前|全面)?(?:完成|实现)(?:此项|该项|本项|这项|全年|年度|上述|这一)?(?:目标|任务)"
)
_PENDING = re.compile(
    r"(?:报送|上报|提交|报)[^,。;]{0,10}(?:审批|审核|认定|核定|审定)(?!通过)|(?:待|等待|等候|正在)[^,。;]{0,8}(?:审批|认定|审核|核定|验收)|尚未(?:认定|审批|批复)"
)
_ALL_EXCEEDED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,8}?(?:目标|任务|指标))均(?:已)?超(?:额|过|序时|出|目标|进度)"
)
_COMPARED = re.compile(
    r"(?:超过?|高于|低于|快于|好于|优于|领先于?)(?:全[省市国区县州]|[省市国])(?:的)?平均(?:增[幅速长]|水平|值|线)?(?![^,。;]{0,8}\d)"
)
_PACE = re.compile(r"序时进度")
_FUTURE = re.compile(r"(?:后期|届时|近期|随后|之后)[\u4e00-\u9fff]{0,6}?(?:将|拟)")


def check_done_and_hoped(statements: Statements) -> Iterator[Finding]:
    """已完成N个, while an item of the list still waits for approval or completion is still hoped for.

    Example: 目标1个,已完成2个。… 乙项目已上报认定,预计可超额完成全年目标 → inconsistent: what is done is not
    hoped for. Limits: 已完成 and the hope in one paragraph, the number done at or above the target, or
    as many items listed as are said to be done with one of them pending.
    """
    text = statements.document.unified
    items: dict[int, list[Claim]] = defaultdict(list)
    for item in items_of(statements):
        items[item.claim.block.start].append(item.claim)
    for claims in statements.by_block.values():
        done = next((c for c in claims if c.kind is Kind.LEVEL and c.quantity.unit.counts
                     and _FINISHED.search(c.left) and exact(c) and not c.planned), None)  # fmt: skip
        if done is None:
            continue
        target = next(
            (c for c in claims if c.kind is Kind.TARGET and c.dimension == done.dimension), None
        )
        tail_start = done.end
        pending = _PENDING.search(text, tail_start, done.block.end)
        hope = _HOPE.search(text, tail_start, done.block.end)
        met = target is not None and done.quantity.value >= target.quantity.value
        listed = [c for c in items[done.block.start] if c.index > done.index]
        counted = len(listed) == int(done.quantity.value)
        if (hope and met) or (pending and counted):
            yield _both(statements, done, target, hope, pending)


_ALL_DONE = re.compile(
    r"(?:已?(?:经)?全部|均已|悉数)(?P<done>完工|竣工|建成|投产|完成|办结|整改|交付|投用)[^,。;]{0,8}[,、]?其中[^。;]{0,24}?"
    r"(?P<open>仍在|还在|正在|尚在|仍有|尚有|还有|尚未|还未|未能|待)"
)
_WORK_OVER = re.compile(
    r"(?:全部|均已|悉数|全线|全面)(?:已经?)?(?P<act>[打贯疏联接]通|[\u4e00-\u9fff]{2}(?:完毕|完成|到位|完结|结束)|[修铺建装拆搬改盖架][完成好毕]|通[车水电气航邮]|合龙|投运|启用|上线|并网|落成|告竣|收官|收尾完成|拆除|腾退|关停|关闭|取缔|搬迁|清零|销号|结清|付清|还清|到位|修复|退还|兑付|兑现|拨付|清退)"
    r"[^,。;]{0,10}[,、](?:但|不过)?(?:其中)?[^,。;]{0,16}?(?:(?:仍|还|正|尚)(?:然)?[在有]?[^,。;]{0,4}?(?:施工|建设|修建|在建|改造|铺设|赶工|推进|进行|处理|办理|安装|调试|整改|拆除|搬迁|清理|修复|审理)|(?:尚|还|仍)?(?:未|没有|没能|有待|待)能?(?:完成|完工|竣工|建成|开工|(?P=act)))"
)
_GRANTED = re.compile(
    r"已(?P<act>认定|验收|批复|核准|审批|拨付|兑现)(?:了)?[\d一二两三四五六七八九十]+[家个项户笔件][^,。;]{0,8}[,、]其中[^。;]{0,30}?"
    r"(?:待|正在|尚未|等候)[^,。;]{0,14}(?P=act)"
)


_ALL_BUT = re.compile(
    r"(?:全[部数]|均已|悉数|一律)(?:已经?)?(?P<act>[\u4e00-\u9fff])[\u4e00-\u9fff][^。;]{0,24}?"
    r"[,、](?:但是?|不过|然而|目前|只是){0,2}(?:仍|还|尚)(?:然)?[有余剩][^,。;]{1,12}?(?:没有|没|尚?未)能?(?P=act)[\u4e00-\u9fff]?"
)


def check_done_and_pending(statements: Statements) -> Iterator[Finding]:
    """已全部完工,其中3个仍在施工; 已认定2家,其中甲项目待认定: what is still open is not done.

    Example: 已全部开工,其中3个仍在施工 → nothing said; 已全部完工,其中3个仍在施工 → inconsistent.
    全部办结,但仍有3件没有办完 is the same, without 其中 and with the same verb.
    Limits: both in one sentence, the second without a subject of its own.
    """
    text = statements.document.unified
    for block in statements.blocks_with("其仍还尚"):
        for pattern in (_ALL_DONE, _WORK_OVER, _GRANTED, _ALL_BUT):
            for found in pattern.finditer(text, block.body, block.end):
                yield textual(statements, "status", Verdict.INCONSISTENT, [found.span()], "",
                              say("前面说全部完成, 后面又说有的还没有完成。"), Severity.MAJOR)  # fmt: skip


def _both(
    statements: Statements, done: Claim, target: Claim | None,
    hope: re.Match[str] | None, pending: re.Match[str] | None,
) -> Finding:  # fmt: skip
    spans = [(done.start, done.end)] + [m.span() for m in (pending, hope) if m]
    waiting = 1 if pending else 0
    confirmed = int(done.quantity.value) - waiting
    arithmetic = show(done) + (f" / {show(target)}" if target else "")
    if waiting:
        arithmetic += say(
            "; 其中待认定%(waiting)s, 已认定%(confirmed)s", waiting=waiting, confirmed=confirmed
        )
    words = "、".join(m.group() for m in (pending, hope) if m)
    return textual(statements, "status", Verdict.INCONSISTENT, spans, arithmetic,
                   say("前面说“已完成%(done)s”, 后面又说“%(words)s”: 尚待认定或尚在预期的不能算已完成。", done=show(done), words=words), Severity.MAJOR)  # fmt: skip


def check_all_exceeded(statements: Statements) -> Iterator[Finding]:
    """…目标均超额: every one of them must be above its target; exactly 100 % is met, not exceeded.

    Example: 结构性目标均超额完成, yet one of them is 目标2个,已完成2个 → ambiguous.
    Limits: the targets must stand under a heading that has the same noun.
    """
    for block in statements.blocks_with("超"):
        found = _ALL_EXCEEDED.search(statements.document.unified, block.body, block.end)
        if found is None:
            continue
        noun = found["noun"][-5:]
        equal = [
            (t, d)
            for t, d in _pairs_under(statements, noun)
            if t.quantity.value == d.quantity.value
        ]
        if equal:
            spans = [found.span(), *[(d.start, d.end) for _, d in equal]]
            yield textual(statements, "all_exceeded", Verdict.AMBIGUOUS, spans,
                          ", ".join(f"{show(t)} = {show(d)}" for t, d in equal),
                          say("说“%(words)s”, 但有%(equal)s项只是正好完成。", words=found.group(), equal=len(equal)), Severity.MINOR)  # fmt: skip


def _pairs_under(statements: Statements, noun: str) -> Iterator[tuple[Claim, Claim]]:
    for claims in statements.by_block.values():
        if not any(noun in h.title for h in claims[0].block.path):
            continue
        target = next((c for c in claims if c.kind is Kind.TARGET), None)
        done = next((c for c in claims if c.kind is Kind.LEVEL and _FINISHED.search(c.left)), None)
        if target and done and target.dimension == done.dimension:
            yield target, done


def check_pace_at_year_end(statements: Statements) -> Iterator[Finding]:
    """超…序时进度 at the end of the year: the linear pace is 100 %, so say 完成全年目标.

    Example: 1-12月完成518.3亿元,超全年目标518亿元的序时进度 → 518 × 12/12 = 518; ambiguous, editorial.
    """
    text = statements.document.unified
    spans, margins = [], []
    for target in statements.of_kind(Kind.TARGET):
        if target.planned or not _PACE.search(target.right[:8]):
            continue
        if target.period is None or target.period.last != 12 or not statements.closed(target):
            continue
        found = _PACE.search(text, target.end)
        spans.append((target.start, found.end() if found else target.end))
        margins.append(f"{show(target)} × 12/12")
    if spans:
        yield textual(statements, "pace_wording", Verdict.AMBIGUOUS, spans, "; ".join(margins),
                      say("年终的序时进度就是100%%, 宜写“完成”或“超过全年目标”, 并写明超出多少。"), Severity.EDITORIAL)  # fmt: skip


def check_comparator(statements: Statements) -> Iterator[Finding]:
    """超全市平均增幅 without the average: a comparison that nobody can check.

    Example: 同比增长9.6%,超全市平均增幅 → unsupported; 高于全省平均水平2.3个百分点 is left alone.
    """
    text = statements.document.unified
    for block in statements.blocks_with("均"):
        for found in _COMPARED.finditer(text, block.body, block.end):
            yield textual(statements, "comparator", Verdict.UNSUPPORTED, [found.span()], "",
                          say("“%(words)s”没有给出所比的数值。", words=found.group()), Severity.MINOR)  # fmt: skip


def check_missing_target(statements: Statements) -> Iterator[Finding]:
    """A numbered 目标 section without a target while its sisters have one → unsupported.

    Example: 1、内资目标 … 超目标518亿元; 3、零售额目标 … with no target at all.
    """
    sections: dict[tuple[int, int], list[tuple[int, str, bool]]] = {}
    for block in statements.document.blocks:
        heading = block.heading
        if heading is None or not heading.title.endswith("目标") or len(block.path) < 2:
            continue
        claims = statements.by_block.get(block.start, [])
        has = any(c.kind is Kind.TARGET for c in claims)
        if claims:
            key = (block.path[-2].start, heading.style)
            sections.setdefault(key, []).append((heading.start, heading.title, has))
    for sisters in sections.values():
        missing = [s for s in sisters if not s[2]]
        if len(sisters) >= 3 and missing and len(missing) * 3 <= len(sisters):
            for start, title, _ in missing:
                at = statements.document.unified.find(title, start)
                yield textual(statements, "missing_target", Verdict.UNSUPPORTED, [(at, at + len(title))], "",
                              say("“%(title)s”一节没有写目标值, 同级各节都有。", title=title), Severity.MINOR)  # fmt: skip


def check_tier_words(statements: Statements) -> Iterator[Finding]:
    """The tiers of last year and next year have different names: how they compare is not said."""
    past = {c.tier: c for c in statements.of_kind(Kind.TARGET) if c.tier and not c.planned}
    future = {c.tier: c for c in statements.of_kind(Kind.TARGET) if c.tier and c.planned}
    if past and future and not set(past) & set(future):
        yield finding(statements, "tier_words", Verdict.AMBIGUOUS, [*past.values(), *future.values()],
                      f"{'、'.join(sorted(past))} → {'、'.join(sorted(future))}",
                      say("前后两年目标的档次名称不同, 如何对应需要说明。"), Severity.EDITORIAL)  # fmt: skip


def check_future_in_review(statements: Statements) -> Iterator[Finding]:
    """后期将… in the review of a year that is over: is it done by now? → ambiguous."""
    text = statements.document.unified
    published, year = statements.document.published, statements.year
    if not (published and year and published[0] > year):
        return
    for block in statements.document.blocks:
        if not any(wording.REVIEW_HEADING.search(h.title) for h in block.path[:1]):
            continue
        for found in _FUTURE.finditer(text, block.body, block.end):
            yield textual(statements, "stale_status", Verdict.AMBIGUOUS, [found.span()], "",
                          say("总结的年度已经结束, 仍写“后期将…”, 现在是否完成需要说明。"), Severity.MINOR)  # fmt: skip
