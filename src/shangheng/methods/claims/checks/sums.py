"""Parts and wholes: totals, 其中, remainders, structures."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import exact, finding, number, show, slip, textual
from shangheng.methods.claims.checks.shares import whole_of
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval, total
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements

_MOST_PARTS = 8
_TOGETHER = re.compile(r"(?<!总)共[\u4e00-\u9fff]{1,3}(?P<noun>[\u4e00-\u9fff]{2})$")
_SUMMED = re.compile(r"(?:合计|共计|总计|总共|累计共)[\u4e00-\u9fff]{0,4}$")
_OVERLAP = re.compile(r"以上|以下|其中|包括|含|涉及|规上|限上|高新|重点|省级|市级|国家级|外资|亿元")
_DISJOINT = re.compile(
    r"(?:街道|[镇乡村局办县市区委院校部所站队]|公司|部门|园区|社区|科室|集团|季度|月份?|[A-Z\d]A级|[一二三四五]星级|[一二三]等奖)$"
)
_ANEW = re.compile(
    r"(?:新增|新建|修复|完成|建成|实施|改造|治理|发放|开展|实现|引进|培育|组织|获得?|带动|投入|增加|建设|推进|举办|支持|全年|累计)"
)
_FEW = re.compile(r"少之又少|寥寥|很少|极少|不多|较少|微乎其微")
_PARTITIONS = (
    (r"第?一产业?|农业", r"第?二产业?", r"第?三产业?|服务业"), (r"出口", r"进口"), (r"税收", r"非税"),
    (r"城镇|城市", r"乡村|农村"), (r"男性?", r"女性?"), (r"上半年", r"下半年"), (r"内资", r"外资"), (r"境内", r"境外"),
    (r"国内", r"国外|境外"), (r"省内", r"省外"), (r"市内", r"市外"), (r"线上", r"线下"), (r"新建", r"续建"), (r"公办", r"民办"),
    (r"人大", r"政协"),
)  # fmt: skip
_RATIO = re.compile(
    r"(?<![\d.:])\d{1,2}(?:\.\d{1,2})?(?:[:∶]\d{1,2}(?:\.\d{1,2})?){1,4}(?![\d.:∶])"
)
_RATIO_WORDS = re.compile(r"(?:结构|比例|比重|占比|之比|构成)[^,;。]{0,12}$")


def check_total_after_parts(statements: Statements) -> Iterator[Finding]:
    """A、B、C,合计N: the words say that N is all of them, so the parts must add up to it.

    Example: 工业项目12个、服务业项目9个、农业项目4个,合计25个 → 12 + 9 + 4 = 25 → ok; 合计26个 → inconsistent.
    Limits: at least two parts of the same unit in the sentence, only before 合计/共计/总计; when a
    shorter run of the parts fits, it is taken.
    """
    for claim in statements.claims:
        if claim.kind is not Kind.LEVEL or not exact(claim):
            continue
        together = _TOGETHER.search(claim.left)
        if not together and not _SUMMED.search(claim.left):
            continue
        parts = [c for c in statements.sentence(claim)
                 if c.index < claim.index and c.dimension == claim.dimension and c.kind is Kind.LEVEL
                 and c.depth == claim.depth]  # fmt: skip
        if len(parts) < 2 or not all(exact(p) for p in parts) or len(claim.name) > 6:
            continue
        if together and not all(p.name.endswith(together["noun"]) for p in parts):
            continue
        runs = [parts[i:] for i in range(len(parts) - 1)]
        fits = next((r for r in runs if _adds_up(r, claim)), None)
        yield _sum_finding(statements, "sum", fits or parts, claim, fits=fits is not None)


def _adds_up(parts: list[Claim], whole: Claim) -> bool:
    return total([p.quantity.interval for p in parts]).meets(whole.quantity.interval)


def _sum_finding(
    statements: Statements, check: str, parts: list[Claim], whole: Claim, *, fits: bool
) -> Finding:
    value = sum((p.quantity.size for p in parts), Decimal(0))
    shown = " + ".join(show(p) for p in parts)
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    hint = (
        "" if fits else slip(total([p.quantity.interval for p in parts]), whole.quantity.interval)
    )
    arithmetic = f"{shown} = {_like(value, whole)} {'=' if fits else '≠'} {show(whole)}"
    message = "各项之和与总数相符。" if fits else (
        f"各项之和为{_like(value, whole)}, 文中总数为{show(whole)}, 相差{_like(abs(value - whole.quantity.size), whole)}{hint}。")  # fmt: skip
    return finding(statements, check, verdict, [*parts, whole], arithmetic, message)


def _like(value: Decimal, claim: Claim) -> str:
    """A size in the unit that a claim was printed in."""
    mark = next((m for m in "亿万" if m in claim.quantity.figure), "")
    scale = {"亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}[mark]
    return number(value / scale / claim.quantity.unit.size, 4) + mark + claim.quantity.unit.name


def check_parts_of_whole(statements: Statements) -> Iterator[Finding]:
    """其中: a part may not exceed its whole; parts that share nothing may not exceed it together.

    Example: 共75次,其中甲局24次、乙办12次 → 36 ≤ 75 → ok, 39 left over. 其中甲局80次 → inconsistent.
    Parts are added up to the whole only when nothing else can be in it: 出口 and 进口 of 进出口, 一二三产,
    税收 and 非税, parts after 分别为, or parts with a remainder (其余). Limits: parts that may overlap
    (规上企业, 高新企业) are never added against the whole; 等 leaves a list open; a semicolon ends it.
    """
    for sentence in statements.by_sentence.values():
        first = next((c for c in sentence if c.link is Link.PART and c.kind is Kind.LEVEL), None)
        if first is None:
            continue
        whole = whole_of(statements, first)
        if whole is None or not exact(whole) or whole.planned != first.planned:
            continue
        parts = [c for c in sentence
                 if c.index >= first.index and c.dimension == whole.dimension and c.kind is Kind.LEVEL
                 and c.depth == whole.depth and exact(c)]  # fmt: skip
        if whole.sentence == first.sentence:
            parts = [p for p in parts if ";" not in statements.between(first, p)]
        yield from _parts_against(statements, whole, _until_break(parts))


def _until_break(parts: list[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in parts:
        if kept and ("其中" in claim.left or claim.link in (Link.TOTAL, Link.BASE)):
            break
        if kept and claim.clause != kept[0].clause and _ANEW.match(claim.left.lstrip(",、")):
            break
        kept.append(claim)
    return kept


def _parts_against(statements: Statements, whole: Claim, parts: list[Claim]) -> Iterator[Finding]:
    if not parts:
        return
    named = [p for p in parts if p.link is not Link.REST]
    over = [p for p in named if p.quantity.interval.low > whole.quantity.interval.high]
    sentence = [c for c in statements.sentence(parts[0]) if c.dimension == whole.dimension]
    bigger = [
        c
        for c in sentence
        if c.kind is Kind.LEVEL and c is not parts[0] and c.index < parts[0].index
    ]
    if over and len(bigger) <= 1 and whole.quantity.unit.name and not over[0].series:
        part = over[0]
        if part is not parts[0] and part.clause - parts[0].clause > 3:
            return
        yield finding(statements, "part_of_whole", Verdict.INCONSISTENT, [whole, part], f"{show(part)} > {show(whole)}",
                      f"“其中”的{show(part)}大于总数{show(whole)}{slip(part.quantity.interval, whole.quantity.interval)}。")  # fmt: skip
        return
    if over:
        return
    if any(p.link is Link.REST for p in parts):
        return
    yield from _together(statements, whole, named)


def _together(statements: Statements, whole: Claim, parts: list[Claim]) -> Iterator[Finding]:
    summed = total([p.quantity.interval for p in parts])
    if _partition(parts) or ("分别" in parts[0].phrase and len(parts) > 1):
        if not _open_list(statements, parts[-1]):
            yield _sum_finding(statements, "sum", parts, whole, fits=_adds_up(parts, whole))
        return
    if summed.low <= whole.quantity.interval.high:
        rest = whole.quantity.size - sum((p.quantity.size for p in parts), Decimal(0))
        if len(parts) == 1:
            arithmetic = f"{show(parts[0])} <= {show(whole)}"
        else:
            arithmetic = f"{' + '.join(show(p) for p in parts)} <= {show(whole)}, 余{_like(max(rest, Decimal(0)), whole)}"
        yield finding(
            statements,
            "part_of_whole",
            Verdict.OK,
            [whole, *parts],
            arithmetic,
            "各部分不超过总数。",
        )
        yield from _few(statements, whole, parts, rest)
        return
    disjoint = all(_DISJOINT.search(p.name) for p in parts) and len({p.name for p in parts}) == len(
        parts
    )
    verdict = Verdict.INCONSISTENT if disjoint else Verdict.AMBIGUOUS
    value = sum((p.quantity.size for p in parts), Decimal(0))
    words = "各部分之和超过总数" if disjoint else "各部分之和超过总数, 可能有交叉, 口径需要说明"
    yield finding(statements, "part_of_whole", verdict, [whole, *parts],
                  f"{' + '.join(show(p) for p in parts)} = {_like(value, whole)} > {show(whole)}", words + "。",
                  Severity.MAJOR if disjoint else Severity.MINOR)  # fmt: skip


def _open_list(statements: Statements, last: Claim) -> bool:
    return statements.document.unified[last.end : last.end + 1] == "等" or last.right.startswith(
        "等"
    )


def _partition(parts: list[Claim]) -> bool:
    """Whether the parts are all the parts that there can be, by their names."""
    for names in _PARTITIONS:
        if len(names) == len(parts) and all(
            re.search(rf"(?:{n})", p.name) for n, p in zip(names, parts, strict=True)
        ):
            return True
        if len(parts) == 2 == len(names) and all(
            re.search(rf"(?:{n})", p.name) for n, p in zip(names, reversed(parts), strict=True)
        ):
            return not any(re.search("进出口|非税.*税收", p.name) for p in parts)
    return False


def _few(
    statements: Statements, whole: Claim, parts: list[Claim], rest: Decimal
) -> Iterator[Finding]:
    """其他单位少之又少 while what is left for them exceeds most of those named: ambiguous."""
    text = statements.document.unified
    tail = text[parts[-1].end : statements.sentence_end(parts[-1])]
    bigger = [p for p in parts if p.quantity.size < rest]
    if re.search(r"其他|其它|其余", tail) and _FEW.search(tail) and len(bigger) * 2 > len(parts):
        yield finding(statements, "remainder_wording", Verdict.AMBIGUOUS, [whole, *parts],
                      f"{show(whole)} - ({' + '.join(show(p) for p in parts)}) = {_like(rest, whole)}",
                      f"其他部分合计{_like(rest, whole)}, 多于所列的{len(bigger)}项, 与“{_FEW.search(tail).group()}”的说法不合。",  # type: ignore[union-attr]  # matched above
                      Severity.MINOR)  # fmt: skip


def check_remainder(statements: Statements) -> Iterator[Finding]:
    """其余/剩余/剩下 R: whole minus the parts named before it in the passage.

    Example: 67个项目中,投产1个,开工18个,办理手续11个,剩下37个: 67 − 1 − 18 − 11 = 37 → ok; 剩下40个 → inconsistent.
    Limits: the whole is the figure before 其中 or N个…中, or the named whole of the shares beside the
    parts; accused only when whole, parts and remainder make up one sentence.
    """
    for claim in statements.claims:
        if claim.link is not Link.REST or claim.kind is not Kind.LEVEL or not exact(claim):
            continue
        block = [c for c in statements.block(claim)
                 if c.index < claim.index and c.dimension == claim.dimension and c.kind is Kind.LEVEL
                 and c.depth == claim.depth and exact(c)]  # fmt: skip
        inside = [c for c in block if c.sentence == claim.sentence]
        plain = (
            len(inside) >= 2
            and max(inside, key=lambda c: c.quantity.size) is inside[0]
            and _plain(inside)
        )
        if plain:
            rest = inside[0].quantity.interval - total([p.quantity.interval for p in inside[1:]])
            yield _rest_finding(
                statements, inside[0], inside[1:], claim, fits=rest.meets(claim.quantity.interval)
            )
            continue
        fits = _remainder_fit(block, _remainder_wholes(statements, claim, block), claim)
        if fits is not None:
            yield _rest_finding(statements, *fits, claim, fits=True)


def _plain(inside: list[Claim]) -> bool:
    """Whether the first figure opens the sentence as its whole, followed by its parts only."""
    opened = (
        inside[0].definite
        or any(c.link is Link.PART for c in inside[1:])
        or inside[0].link is Link.TOTAL
    )
    return opened and sum("其中" in c.left for c in inside) <= 1


def _remainder_wholes(statements: Statements, claim: Claim, block: list[Claim]) -> list[Claim]:
    named = [c for share in statements.block(claim) if share.kind is Kind.SHARE and share.whole
             for c in statements.levels_named(share.whole, claim) if c.dimension == claim.dimension]  # fmt: skip
    return [
        *block[:1],
        *[c for c in block if c.definite or c.link is Link.TOTAL],
        *block[-5:],
        *named[:6],
    ]


def _remainder_fit(
    block: list[Claim], wholes: list[Claim], claim: Claim
) -> tuple[Claim, list[Claim]] | None:
    """A whole and the run of parts just before the remainder that leave it; None if none do."""
    for whole in wholes:
        others = [c for c in block[-_MOST_PARTS:] if c is not whole]
        for size in range(len(others), 0, -1):
            rest = whole.quantity.interval - total([p.quantity.interval for p in others[-size:]])
            if rest.meets(claim.quantity.interval):
                return whole, others[-size:]
    return None


def _rest_finding(
    statements: Statements, whole: Claim, parts: list[Claim], claim: Claim, *, fits: bool
) -> Finding:
    value = whole.quantity.size - sum((p.quantity.size for p in parts), Decimal(0))
    arithmetic = (f"{show(whole)} - {' - '.join(show(p) for p in parts)} = {_like(value, claim)} "
                  f"{'=' if fits else '≠'} {show(claim)}")  # fmt: skip
    message = (
        "余数与总数、各部分相符。"
        if fits
        else f"总数减去各部分应余{_like(value, claim)}, 文中写{show(claim)}。"
    )
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    return finding(statements, "remainder", verdict, [whole, *parts, claim], arithmetic, message)


def check_structure(statements: Statements) -> Iterator[Finding]:
    """三次产业结构为a:b:c: the parts of a structure make 100 (99.8 to 100.2 by rounding).

    Example: 6.7:24.9:68.4 → 100.0 → ok; 6.7:24.9:69.4 → 101.0 → inconsistent.
    Limits: only after 结构, 比例 or 构成, at least three parts, sum between 90 and 110.
    """
    text = statements.document.unified
    for block in statements.document.blocks:
        for found in _RATIO.finditer(text, block.body, block.end):
            parts = [Decimal(p) for p in re.split("[:∶]", found.group())]
            before = text[max(block.start, found.start() - 24) : found.start()]
            value = sum(parts, Decimal(0))
            if len(parts) < 3 or not re.search(r"结构|比例|构成", before) or not 90 < value < 110:
                continue
            half = (
                Decimal(1).scaleb(-max(len(str(p).partition(".")[2]) for p in parts))
                * len(parts)
                / 2
            )
            fits = Interval(value - half, value + half).meets(Interval(Decimal(100), Decimal(100)))
            yield textual(statements, "structure", Verdict.OK if fits else Verdict.INCONSISTENT, [found.span()],
                          f"{' + '.join(str(p) for p in parts)} = {value}",
                          "各部分合计为100。" if fits else f"各部分合计为{value}, 不是100。", Severity.MAJOR)  # fmt: skip


def check_stages_overlap(statements: Statements) -> Iterator[Finding]:
    """Stages of one whole that add up to more than it must overlap: the scope wants a word.

    Example: 67个项目中,已注册42个,已开工18个,已投产1个,办手续11个: 72 > 67, at least 5 counted twice → ambiguous.
    Limits: never called inconsistent: a project that is built was also registered.
    """
    for claim in statements.claims:
        if not claim.definite or claim.kind is not Kind.LEVEL or not exact(claim):
            continue
        block = statements.block(claim)
        stop = min((c.index for c in block if c.definite and c.index > claim.index), default=10**9)
        shares = {
            c.index - 1 for c in block if c.kind is Kind.SHARE and claim.index < c.index < stop
        }
        parts = [c for c in block
                 if c.index in shares and c.dimension == claim.dimension and c.kind is Kind.LEVEL]  # fmt: skip
        value = sum((p.quantity.size for p in parts), Decimal(0))
        if (
            len(parts) > 1
            and value > claim.quantity.size
            and all(p.quantity.size <= claim.quantity.size for p in parts)
        ):
            yield finding(statements, "stages_overlap", Verdict.AMBIGUOUS, [claim, *parts],
                          f"{' + '.join(show(p) for p in parts)} = {value:f} > {show(claim)}",
                          f"各阶段合计多于总数, 至少{value - claim.quantity.size:f}个重复计入, 阶段之间是否包含需要说明。",
                          Severity.MINOR)  # fmt: skip
