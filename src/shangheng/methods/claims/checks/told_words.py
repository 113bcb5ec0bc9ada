"""What words say of figures without a figure of their own: kept within a limit, ahead of the pace, done and not begun."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise

from shangheng.methods.claims.checks.base import exact, finding, number, show, textual
from shangheng.methods.claims.checks.roles import aimed, kin, lead, noun, passages
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.quantities.quantity import Bound
from shangheng.methods.claims.quantities.units import PERCENT, POINT, RANK
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_MET = re.compile(
    r"(?:超额|超[出过]|[高多好优快]于|赶超|完成|实现|达标|达成|达到|兑现|满足|圆满|如期|足额|过关|合格)"
)
_MISSED = re.compile(
    r"(?:未(?!来)|没有?|不[及足到达够如]|低于|少于|欠|差[了距]?|落后|滞后|逊于|有(?:一定)?差距|缺口)"
)
_LESS = re.compile(
    r"控制|以内|不(?:得)?(?:超|高于|多于)|上限|以下|[降压]至|压[减降缩]|[时期]限|限[期额]|能耗|失业|事故|死亡|浓度|投诉|成本|三公|亏损|工期|用时|时间|耗时|天数|排放|负债|红线"
)
_KEPT = re.compile(
    r"达标|控制在|以内|[未没]有?(?:突破|超)|[低少优好]于|提前|符合|守住|合格|优于|完成"
)
_BROKE = re.compile(
    r"超标|超[出过时期限]|突破|逾期|延[期误]|[高多]于|拖后|(?:未|没有)(?:能)?(?:达标|完成|守住|控制)"
)
_PACE = re.compile(
    r"(?P<ahead>超(?:出|过|前)?|快于|高于|领先(?:于)?|跑赢|优于|达到|符合|赶上|跟上|实现)|(?P<behind>落后(?:于)?|低于|慢于|滞后(?:于)?|未达到?|不及|未能达到|欠|赶不上)"
)
_PACE_WORDS = re.compile(r"(?:序时|时间|时序)(?:进度|要求|节点)|进度要求")
_AGAIN = re.compile(
    r"(?:^|[,、;要使让对把])(?:全[年部市区县]|上述|前述|以上|这(?:些|批)?|该|此|本年)$"
)
_POINTING = re.compile(r"(?:上述|前述|以上|这(?:些|批)?|该|此)$")
_DONE_OF = re.compile(r"^[,、]?[\u4e00-\u9fff]{0,12}(?:新|已|所)?[\u4e00-\u9fff]{2}的$")
_FRONT = re.compile(
    r"(?:跻身|进入|迈入|跨入|挤进|稳居|位居|位列|列入?|居|保持在?|处于|稳定在)[^,。;\d]{0,8}前(?P<n>十|五|三|\d{1,2})(?:位|名|强|列)?(?![\d%分年期季月])"
)
_BACK = 8
_OVER = re.compile(
    r"(?:已|均|全部|顺利|如期)[^,。;]{0,14}?(?:竣工|投产|完工|建成|投用|投入(?:使用|运营)|验收|开业|交付|通车)(?:投产|使用|运营|验收)?(?:了)?"
    r"[,;](?:但|且|并)?(?:目前|现|当前|现在)?(?:仍|还|尚|正)(?:在|处于)?(?![^,。;]{0,8}(?:期|扩|新|另|配套|续建|后续|调试|爬坡))[^,。;]{0,6}?"
    r"(?:开工|立项|备案|选址|签约|征地|拆迁|环评|施工|可研|招标|设计|洽谈|土建|封顶|建设|报建|报批|前期)"
)


_ALL_BUT_SOME = re.compile(
    r"(?:全部|均已|已全|全面|全数|悉数|一律|都已)[^,。;]{0,6}?(?:完成|完毕|完工|竣工|建成|到位|结束|清零|销号|办结|整改|拆除|交付|兑现|更换|安装|改造|收官)[^,。;]{0,6}"
    r"[,;](?:但|不过|只是)?(?:目前|现|截至目前)?(?:(?:仍|还|尚)[有余剩]|其余|剩余|余下|另[有外]?)[^,。;]{1,10}?(?:尚未|未|没有|没|待|正在)"
)
_NONE = re.compile(
    r"(?:未|没有|无|零)(?:再)?(?:发生|出现|发现)(?:一起|1起|任何)?(?P<what>[\u4e00-\u9fff]{2,14})(?=[,。;])"
)
_HAPPENED = ("count:起", "count:例", "count:次", "count:件", "count:宗")


def check_words_told(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """Words that a result and what was set for it do not bear out, in whatever order and words.

    Example: 计划接待90批,实际接待81批,高于计划 → 81 < 90 → inconsistent; 事故12起,控制在指标10起以内 → inconsistent.
    Limits: the two are the only figures of their measure, and words of one side only stand in the sentence.
    """
    for passage in passages(statements):
        for one, other in pairwise(passage):
            if {one.index, other.index} & settled or one.dimension != other.dimension:
                continue
            same = [c for c in passage if c.dimension == one.dimension]
            if len(same) == 2 and one.dimension not in (RANK, POINT):
                for found in _verdict(statements, one, other):
                    settled.update(found.claims)
                    yield found
    yield from _paced(statements)
    yield from _behind_the_front(statements)
    yield from _outside_the_field(statements)
    yield from _taken_up(statements, settled)
    yield from _over_and_begun(statements)
    yield from _none_and_some(statements)


def _verdict(statements: Statements, one: Claim, other: Claim) -> Iterator[Finding]:
    marked = [c for c in (one, other) if aimed(statements, c)]
    if len(marked) != 1 or one.planned or other.planned or not _one_year(one, other):
        return
    goal = marked[0]
    result = other if goal is one else one
    if not exact(result) or not (exact(goal) or goal.quantity.bound is Bound.UNDER):
        return
    if (
        result.kind not in (Kind.LEVEL, Kind.RATE, Kind.OTHER, Kind.AVERAGE, Kind.GROWTH)
        or result.link is not Link.NONE
    ):
        return
    if not kin(result, goal) and len(noun(result)) > 2:
        return
    text = statements.document.unified
    if text[other.end : other.end + 1] == "的":
        return
    end = min(statements.sentence_end(other), other.end + 24)
    tail = re.split(r"\d|;", text[other.end : end])[0]
    whole = text[statements.sentence_start(one) : end]
    less = _LESS.search(whole) is not None
    words = tail if goal is one else lead(statements, goal)[-10:] + tail
    good, bad = (_KEPT, _BROKE) if less else (_MET, _MISSED)
    praised, blamed = good.search(words), bad.search(words)
    if (praised is None) == (blamed is None):
        return
    have, size = result.quantity.interval, goal.quantity.size
    above, below = have.low > size, have.high < size
    wrong = (above if less else below) if praised else (below if less else above)
    said = (praised or blamed).group()  # type: ignore[union-attr]  # one of the two is there
    yield finding(statements, "target_wording", Verdict.INCONSISTENT if wrong else Verdict.OK, [result, goal],
                  f"{show(result)} {'>' if above else '<' if below else '='} {show(goal)}",
                  say("实绩%(results)s、目标%(target)s, “%(words)s”的说法%(which)s。", results=show(result), target=show(goal), words=said, which=say("不成立") if wrong else say("成立")))  # fmt: skip


def _one_year(one: Claim, other: Claim) -> bool:
    years = [(c.period.year, c.period.shift) for c in (one, other) if c.period]
    return len(set(years)) < 2


def _paced(statements: Statements) -> Iterator[Finding]:
    """1-9月完成年度计划的70%,超过序时进度: 70 % is less than nine twelfths."""
    text = statements.document.unified
    for claim in statements.of_kind(Kind.COMPLETION):
        period = claim.period
        if (
            not exact(claim)
            or period is None
            or period.first != 1
            or period.last == 12
            or claim.dimension != PERCENT
        ):
            continue
        tail = re.split(r"[\d。;]", text[claim.end : claim.end + 24])[0]
        pace = _PACE_WORDS.search(tail)
        found = _PACE.search(tail[: pace.start()]) if pace else None
        if found is None:
            continue
        time = Decimal(period.last) / 12 * 100
        wrong = (
            claim.quantity.interval.high < time - Decimal("0.1")
            if found["ahead"]
            else claim.quantity.interval.low > time
        )
        yield finding(statements, "pace", Verdict.INCONSISTENT if wrong else Verdict.OK, [claim],
                      f"{show(claim)} {'<' if claim.quantity.value < time else '>='} {period.last}/12 ({number(time)}%)",
                      say("实绩%(results)s、目标%(target)s, “%(words)s”的说法%(which)s。", results=show(claim), target=f"{number(time)}%", words=found.group() + (pace.group() if pace else ""), which=say("不成立") if wrong else say("成立")))  # fmt: skip


def _outside_the_field(statements: Statements) -> Iterator[Finding]:
    """在12个区县中排名第15位: a rank is not beyond the number of the ranked."""
    for rank in statements.of_kind(Kind.RANK):
        field = statements.claims[rank.index - 1] if rank.index else rank
        near_by = (
            field.sentence == rank.sentence and field.clause == rank.clause and field is not rank
        )
        if not near_by or not field.quantity.unit.counts or not exact(field):
            continue
        if not re.match(r"[\u4e00-\u9fff]{0,12}?(?:中|里|内)", field.right):
            continue
        fits = rank.quantity.value <= field.quantity.value
        yield finding(statements, "rank_change", Verdict.OK if fits else Verdict.INCONSISTENT, [field, rank],
                      f"{number(rank.quantity.value)} {'<=' if fits else '>'} {show(field)}",
                      say("名次与变动相符。") if fits else say("名次第%(rank)s位超过了参评总数%(field)s。", rank=number(rank.quantity.value), field=show(field)))  # fmt: skip


def _behind_the_front(statements: Statements) -> Iterator[Finding]:
    """列第12位,跻身全省前十: a rank is not behind the front that it is said to be in."""
    text = statements.document.unified
    for rank in statements.of_kind(Kind.RANK):
        low = max(statements.sentence_start(rank), rank.start - 16)
        found = _FRONT.search(
            text, rank.end, min(statements.sentence_end(rank), rank.end + 24)
        ) or _FRONT.search(text, low, rank.start)
        if found is None or "第" in found.group():
            continue
        front = {"十": 10, "五": 5, "三": 3}.get(found["n"]) or int(found["n"])
        fits = rank.quantity.value <= front
        yield textual(statements, "rank_change", Verdict.OK if fits else Verdict.INCONSISTENT, [rank.span, found.span()],
                      f"{number(rank.quantity.value)} {'<=' if fits else '>'} {front}",
                      say("名次与变动相符。") if fits else say("名次第%(rank)s位不在“%(words)s”之内。", rank=number(rank.quantity.value), words=found.group()), Severity.MAJOR)  # fmt: skip


def _taken_up(statements: Statements, settled: set[int]) -> Iterator[Finding]:
    """举办招聘会66场。全年72场招聘会…: a number taken up again with the noun that it had."""
    for claim in statements.of_kind(Kind.LEVEL):
        if claim.index in settled or claim.planned or not exact(claim) or not _again(claim):
            continue
        near_by = bool(_POINTING.search(claim.left))
        earlier = [c for c in statements.claims[max(0, claim.index - _BACK) : claim.index]
                   if c.dimension == claim.dimension and c.block is claim.block and not c.depth and c.kind is Kind.LEVEL and exact(c)]  # fmt: skip
        if (
            len(earlier) != 1
            or earlier[0].link is Link.PART
            or (earlier[0].sentence == claim.sentence and not near_by)
        ):
            continue
        word = claim.right.lstrip("的")[:2]
        if len(word) < 2 or word not in lead(statements, earlier[0]) + earlier[0].right[:8]:
            continue
        fits = earlier[0].quantity.interval.meets(claim.quantity.interval)
        yield finding(statements, "same_fact", Verdict.OK if fits else Verdict.INCONSISTENT, [earlier[0], claim],
                      f"{show(earlier[0])} {'=' if fits else '≠'} {show(claim)}",
                      say("总数与前文一致。") if fits else say("“%(one)s”两处数字不一致: %(one2)s与%(other)s%(hint)s。", one=word, one2=show(earlier[0]), other=show(claim), hint=""))  # fmt: skip


def _again(claim: Claim) -> bool:
    """Whether words take a number up again: 上述, 这些, 全年."""
    bare = claim.left.replace("\x00", "")
    return bool(_AGAIN.search(bare) or _DONE_OF.search(bare)) or (
        not bare.strip(",、") and claim.left != bare
    )


def _over_and_begun(statements: Statements) -> Iterator[Finding]:
    """已竣工投产,目前正在办理开工手续: what is over is not to begin."""
    text = statements.document.unified
    for block in statements.blocks_with("仍还尚正"):
        found_all = chain(
            _OVER.finditer(text, block.body, block.end),
            _ALL_BUT_SOME.finditer(text, block.body, block.end),
        )
        for found in found_all:
            yield textual(statements, "status", Verdict.INCONSISTENT, [found.span()], "",
                          say("前面说全部完成, 后面又说有的还没有完成。"), Severity.MAJOR)  # fmt: skip


def _none_and_some(statements: Statements) -> Iterator[Finding]:
    """未发生亡人事故。…一季度亡人事故1起: what did not happen has no number."""
    text = statements.document.unified
    for claims in statements.by_block.values():
        counted = [
            c
            for c in claims
            if c.dimension in _HAPPENED and c.kind is Kind.LEVEL and c.quantity.value > 0
        ]
        if not counted:
            continue
        for found in _NONE.finditer(text, claims[0].block.body, claims[0].block.end):
            for claim in counted:
                words = lead(statements, claim)
                near_by = 0 <= claim.start - found.end() <= 48
                if (
                    near_by
                    and found["what"][-4:] in words
                    and not re.search(r"上年|去年|同期|比", words)
                ):
                    yield textual(statements, "status", Verdict.INCONSISTENT, [found.span(), claim.span], f"0 ≠ {show(claim)}",
                                  say("前面说没有发生, 后面又写%(claim)s。", claim=show(claim)), Severity.MAJOR)  # fmt: skip
                    break
