"""Parts and wholes: totals, 其中, remainders, structures."""

import re
from collections.abc import Iterator
from decimal import Decimal

from shangheng.methods.claims.checks.base import before, exact, finding, like, series, show, slip
from shangheng.methods.claims.checks.wholes import whole_of
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import total
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_TOGETHER = re.compile(r"(?:^|[,、;])共[\u4e00-\u9fff]{1,3}(?P<noun>[\u4e00-\u9fff]{2})$")
_DONE_ALTOGETHER = re.compile(
    r"(?:^|[,、;])(?:全年|累计|\x00+)?(?:累计|总?共)(?P<verb>举办|开展|组织|引进|新增|招录|招聘|建成|建设|改造|走访|培训|发放|投入|接待|签约|争取|新建|培育|完成|对接|投放|入库|拨付|兑现)"
    r"[\u4e00-\u9fff]{0,10}$"
)
_IN_THE_YEAR = re.compile(r"(?:\x00+|全年)(?:累计|总?共)[\u4e00-\u9fff]{1,8}")
_WHOLE_YEAR = re.compile(r"(?:\x00+|全年)(?:累计|合计|共计|总计|共)?")
_BARE = re.compile(
    r"[,、;]?总[数量](?:为|达到?)?|[,、;]?(?:各[级类项种][\u4e00-\u9fff]{0,8})?(?:总|一)?共(?:有|为)?"
)
_SUM_SIGNS = set("共合总累加")
_TOLD = re.compile(
    r"(?:[以]?上述?|前述|这)?(?P<n>[二两三四五六七八九])(?:者|项|[类大种][\u4e00-\u9fff]{0,4}|[\u4e00-\u9fff]{1,8}?)?(?:合计|共计|总计|相加|之和|加起来|加在一起|一共|总共)"
)
_COUPLED = re.compile(
    r"[,、]?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:总?共|合计|共计|总计)(?:有|为|达)?"
)
_SUMMED = re.compile(
    r"(?:合计|共计|总计|总共|一共|加起来|加在一起|相加|累计共|[两三四五](?:年|轮|次|批)(?:累计|共))[\u4e00-\u9fff]{0,10}$"
)
CROSSING = re.compile(
    r"以上|以下|其中|包括|含|涉及|规上|限上|高新|重点|省级|市级|国家级|外资|亿元|中小|小微|新增|上市|科技|龙头|骨干|在建|党员|女"
)
_DISJOINT = re.compile(
    r"(?:街道|第[一二三四五六七八九十\d]+[期批轮场次季]|[一二三四五六七八九]期|人员|[镇乡村局办县市区委院校部所站队]|公司|部门|园区|社区|科室|集团|季度|月份?|[A-Z\d]A级|[一二三四五]星级|[一二三]等奖)$"
)
_ANEW = re.compile(
    r"(?:新增|新建|修复|完成|建成|实施|改造|治理|发放|开展|实现|引进|培育|组织|获得?|带动|投入|增加|建设|推进|举办|支持|全年|累计)"
)
_FEW = re.compile(r"少之又少|寥寥|很少|极少|不多|较少|微乎其微")
_PARTITIONS = (
    (r"第?一产业?|农业", r"第?二产业?", r"第?三产业?|服务业"), (r"出口", r"进口"), (r"税收", r"非税"),
    (r"城镇|城市", r"乡村|农村"), (r"上半年", r"下半年"), (r"内资", r"外资"), (r"境内", r"境外"),
    (r"国内", r"国外|境外"), (r"省内", r"省外"), (r"市内", r"市外"), (r"线上", r"线下"), (r"新建", r"续建"), (r"公办", r"民办"),
    (r"人大", r"政协"), (r"行政(?:案|处)", r"刑事"), (r"在编", r"编外|非在编"), (r"男", r"女"), (r"夏粮", r"秋粮"), (r"新建", r"改建"),
    (r"一季度", r"二季度", r"三季度", r"四季度"), (r"第?一批", r"第?二批", r"第?三批"),
    (r"国有", r"民营|非国有"), (r"工业", r"非工业"), (r"实物", r"服务"),
    (r"一般债", r"专项债"), (r"境外|入境", r"国内|境内"), (r"旱地", r"水田"), (r"市级", r"县级"),
    (r"国家级?", r"省级?", r"市级?及以下|市级?"), (r"市级?", r"[区县]级?", r"街道|乡?镇"), (r"中央", r"省", r"[市区县]"),
    (r"结转|结余|旧存", r"当年|本年|今年|新增|新收|年内"), (r"商品", r"餐饮"), (r"流入", r"流出"), (r"货币", r"实物"), (r"立即|当场|立行立改", r"限期"),
    (r"(?<!不)正常", r"半停|限产|间歇", r"(?<!半)停[产业工运]|歇业"), (r"正常", r"停[产业工运]|歇业|异常"),
    (r"优秀|优", r"良好?", r"合格|一般|中", r"不合格|差"), (r"优秀", r"良好", r"合格|一般|称职"), (r"高风险", r"中风险", r"低风险"),
    (r"大型", r"中型", r"小微?型?", r"微型"), (r"大型", r"中型", r"小微|小型"), (r"A[类级]", r"B[类级]", r"C[类级]"), (r"A[类级]", r"B[类级]", r"C[类级]", r"D[类级]"),
    (r"(?<!不)合格|达标", r"不合格|不达标|未达标"), (r"老年", r"中年", r"青年"), (r"进港|到港", r"出港|离港"), (r"陆路|公路", r"铁路", r"水路|海运", r"航空|空运"),
)  # fmt: skip


def check_total_after_parts(statements: Statements) -> Iterator[Finding]:
    """A、B、C,合计N: the words say that N is all of them, so the parts must add up to it.

    Example: 工业项目12个、服务业项目9个、农业项目4个,合计25个 → 12 + 9 + 4 = 25 → ok; 合计26个 → inconsistent.
    Limits: at least two parts of the same unit in the sentence, only before 合计/共计/总计; when a
    shorter run of the parts fits, it is taken.
    """
    for claim in statements.of_kind(Kind.LEVEL):
        if not exact(claim) or claim.left.startswith("、") or not set(claim.left) & _SUM_SIGNS:
            continue
        altogether = _DONE_ALTOGETHER.search(claim.left) or _BARE.fullmatch(claim.left)
        if not (
            altogether
            or _IN_THE_YEAR.fullmatch(claim.left)
            or _TOGETHER.search(claim.left)
            or _SUMMED.search(claim.left)
            or _COUPLED.fullmatch(claim.left)
            or _over_years(statements, claim)
        ):
            continue
        parts = [c for c in statements.sentence(claim)
                 if c.index < claim.index and c.dimension == claim.dimension and c.kind is Kind.LEVEL
                 and c.depth == claim.depth]  # fmt: skip
        plain = all(exact(p) and p.link not in (Link.BASE, Link.REACHED, Link.REST) for p in parts)
        if len(parts) < 2 or not plain:
            continue
        parts = _told_parts(statements, claim, parts, altogether=altogether is not None)
        if not parts:
            continue
        runs = [parts[i:] for i in range(len(parts) - 1)]
        fits = next((r for r in runs if adds_up(r, claim)), None)
        yield sum_finding(statements, "sum", fits or parts, claim, fits=fits is not None)


def _told_parts(
    statements: Statements, claim: Claim, parts: list[Claim], *, altogether: bool
) -> list[Claim]:
    """The figures that the words call all of a total; none where they do not."""
    told = _TOLD.search(claim.left)
    number = _count_of(told) if told else _kinds_before(statements, claim)
    if altogether:
        opening = statements.sentence(claim)[0]
        most = max(p.quantity.size for p in parts)
        alone = len(parts) == claim.index - opening.index and claim.quantity.size >= most
        return parts if alone else []
    if number > 1:
        return parts[-number:] if len(parts) >= number else []
    all_of_it = _all_of(claim, parts) or _coupled(claim, parts) or _done_alike(claim, parts)
    return parts if all_of_it or partition(statements, parts) else []


def _coupled(claim: Claim, parts: list[Claim]) -> bool:
    """出访A次,接待来访B次,出访来访共C次: the total is named by the names of its parts, one after the other."""
    found = _COUPLED.fullmatch(claim.left)
    name = re.sub("[和与及、]", "", found["name"]) if found else ""
    size, odd = divmod(len(name), len(parts))
    if not found or odd or size < 2 or claim.index - parts[0].index != len(parts):
        return False
    names = [name[i * size : (i + 1) * size] for i in range(len(parts))]
    return all(set(n) & set(p.left) for n, p in zip(names, parts, strict=True))


def _done_alike(claim: Claim, parts: list[Claim]) -> bool:
    """修建县道A公里、乡道B公里,共计新建公路C公里: one list opens the sentence, and its total is of the same doing."""
    verb = claim.name[:2]
    if len(verb) == 2 and all(verb in p.left for p in parts):
        return claim.index - parts[0].index == len(parts)
    listed = all(p.series or p.left.startswith("、") for p in parts[1:])
    doing = wording.strip_name(parts[0].left)[:2], claim.name[:3]
    most = max(p.quantity.size for p in parts)
    alone = claim.index - parts[0].index == len(parts) and parts[0].clause + 1 == claim.clause
    return listed and alone and bool(set(doing[0]) & set(doing[1])) and claim.quantity.size >= most


def _count_of(told: re.Match[str]) -> int:
    """How many parts a total says that it has: 二者合计, 三项共计."""
    return 2 + "二三四五六七八九".index(told["n"].replace("两", "二"))


def _kinds_before(statements: Statements, claim: Claim) -> int:
    """三种渠道合计: how many kinds of parts a total says that it has, where the number is a figure of its own."""
    kinds = statements.claims[claim.index - 1] if claim.index else claim
    alone = kinds.sentence == claim.sentence and kinds.left in ("", ",") and exact(kinds)
    told = alone and kinds.quantity.unit.counts and kinds.quantity.unit.name in "种类项个批期"
    summed = re.match(r"[\u4e00-\u9fff]{0,6}(?:合计|共计|总计|相加)", claim.left)
    return (
        int(kinds.quantity.value) if told and summed and kinds.dimension != claim.dimension else 0
    )


def _over_years(statements: Statements, claim: Claim) -> bool:
    """三年累计366亿元 after the figures of three years."""
    years = statements.claims[claim.index - 1] if claim.index else claim
    if _WHOLE_YEAR.fullmatch(claim.left) and years.series:
        named = re.search(
            r"(?:季度?|月份?|半年|旬)[^,;]{0,8}分别|分别", series(statements, years)[0].phrase
        )
        told = named is not None and (named.group() != "分别" or claim.left[-1] != "\x00")
        return told and years.dimension == claim.dimension
    if claim.left not in ("累计", "合计", "共") or not years.dimension.startswith("time:"):
        return False
    parts = [c for c in before(statements, years) if c.dimension == claim.dimension]
    return len(parts) == years.quantity.value and "分别" in parts[-1].phrase


def _all_of(claim: Claim, parts: list[Claim]) -> bool:
    """Whether a total is a total of these parts: it has no other name (合计整改40家 has)."""
    name = claim.name
    if re.search(r"[两三四五](?:年|轮|次|批)(?:累计|共)", claim.left) or _WHOLE_YEAR.fullmatch(
        claim.left
    ):
        return True
    if re.search(r"生产总值|进出口|收入|总数|总量|总额", name) or len(name) < 2:
        return len(name) <= 12
    return all(p.name.endswith(name[-2:]) for p in parts) or name[-2:] in parts[0].phrase


def adds_up(parts: list[Claim], whole: Claim) -> bool:
    """Whether the parts may add up to the whole."""
    return total([p.quantity.interval for p in parts]).meets(whole.quantity.interval)


def sum_finding(
    statements: Statements, check: str, parts: list[Claim], whole: Claim, *, fits: bool
) -> Finding:
    """What is to be said of parts and their total."""
    value = sum((p.quantity.size for p in parts), Decimal(0))
    shown = " + ".join(show(p) for p in parts)
    verdict = Verdict.OK if fits else Verdict.INCONSISTENT
    hint = (
        "" if fits else slip(total([p.quantity.interval for p in parts]), whole.quantity.interval)
    )
    arithmetic = f"{shown} = {like(value, whole)} {'=' if fits else '≠'} {show(whole)}"
    message = say("各项之和与总数相符。") if fits else (
        say("各项之和为%(value)s, 文中总数为%(whole)s, 相差%(value2)s%(hint)s。", value=like(value, whole), whole=show(whole), value2=like(abs(value - whole.quantity.size), whole), hint=hint))  # fmt: skip
    return finding(statements, check, verdict, [*parts, whole], arithmetic, message)


def check_parts_of_whole(statements: Statements) -> Iterator[Finding]:
    """其中: a part may not exceed its whole; parts that share nothing may not exceed it together.

    Example: 共90次,其中甲局31次、乙办14次 → 45 ≤ 90 → ok, 45 left over. 其中甲局95次 → inconsistent.
    Parts are added up to the whole only when nothing else can be in it: 出口 and 进口 of 进出口, 一二三产,
    税收 and 非税, parts after 分别为, or parts with a remainder (其余). Limits: parts that may overlap
    (规上企业, 高新企业) are never added against the whole; 等 leaves a list open; a semicolon ends it.
    """
    openings: dict[int, Claim] = {}
    for claim in statements.of_kind(Kind.LEVEL):
        if claim.link is Link.PART:
            openings.setdefault(claim.sentence, claim)
    for first in openings.values():
        sentence = statements.sentence(first)
        whole = whole_of(statements, first)
        if whole is None or not exact(whole) or whole.planned != first.planned:
            continue
        parts = [c for c in sentence
                 if c.index >= first.index and c.dimension == whole.dimension and c.kind is Kind.LEVEL
                 and c.depth == first.depth and exact(c)]  # fmt: skip
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
                      say("“其中”的%(part)s大于总数%(whole)s%(hint)s。", part=show(part), whole=show(whole), hint=slip(part.quantity.interval, whole.quantity.interval)))  # fmt: skip
        return
    if over:
        return
    if any(p.link is Link.REST for p in parts):
        return
    yield from _together(statements, whole, named)


def _together(statements: Statements, whole: Claim, parts: list[Claim]) -> Iterator[Finding]:
    summed = total([p.quantity.interval for p in parts])
    by_year = _year_by_year(statements, whole, parts)
    if (
        by_year
        or _named_all(whole, parts)
        or partition(statements, parts)
        or ("分别" in parts[0].phrase and len(parts) > 1)
    ):
        if not open_list(statements, parts[-1]):
            yield sum_finding(statements, "sum", parts, whole, fits=adds_up(parts, whole))
        return
    if summed.low <= whole.quantity.interval.high:
        rest = whole.quantity.size - sum((p.quantity.size for p in parts), Decimal(0))
        if len(parts) == 1:
            arithmetic = f"{show(parts[0])} <= {show(whole)}"
        else:
            arithmetic = f"{' + '.join(show(p) for p in parts)} <= {show(whole)} (+ {like(max(rest, Decimal(0)), whole)})"
        yield finding(
            statements,
            "part_of_whole",
            Verdict.OK,
            [whole, *parts],
            arithmetic,
            say("各部分不超过总数。"),
        )
        yield from _few(statements, whole, parts, rest)
        return
    disjoint = _disjoint(statements, parts)
    verdict = Verdict.INCONSISTENT if disjoint else Verdict.AMBIGUOUS
    value = sum((p.quantity.size for p in parts), Decimal(0))
    words = (
        say("各部分之和超过总数。")
        if disjoint
        else say("各部分之和超过总数, 可能有交叉, 口径需要说明。")
    )
    yield finding(statements, "part_of_whole", verdict, [whole, *parts],
                  f"{' + '.join(show(p) for p in parts)} = {like(value, whole)} > {show(whole)}", words,
                  Severity.MAJOR if disjoint else Severity.MINOR)  # fmt: skip


def _named_all(whole: Claim, parts: list[Claim]) -> bool:
    """农贸市场和超市80家,其中农贸市场50家,超市30家: the whole is named by the names of its parts."""
    members = re.split("[、和及与]", whole.name)
    alike = len(members) == len(parts) > 1 and all(members)
    return alike and all(p.name and m.endswith(p.name) for m, p in zip(members, parts, strict=True))


def _year_by_year(statements: Statements, whole: Claim, parts: list[Claim]) -> bool:
    """三年共建81个,其中2018年40个、2019年19个、2020年22个: as many years as the whole is said to have."""
    years = statements.claims[whole.index - 1] if whole.index else whole
    named = {p.period.year for p in parts if p.period and not p.name}
    alike = years.dimension == "time:y" and years.sentence == whole.sentence
    return alike and len(parts) == len(named) == years.quantity.value


def _disjoint(statements: Statements, parts: list[Claim]) -> bool:
    """Whether the parts share nothing: places and offices, or three or more kinds in one 、 list.

    People are counted by several traits at once (党员, 女性), and words such as 规上 or 重点 cut across
    other kinds: such parts may overlap.
    """
    names = {p.name for p in parts}
    if len(names) < len(parts):
        return False
    if all(_DISJOINT.search(name) for name in names):
        return True
    listed = all(p.left.startswith("、") for p in parts[1:])
    crossing = any(CROSSING.search(name) for name in names)
    alike = len({name[-2:] for name in names}) == 1
    people = parts[0].dimension == "count:人"
    sisters = alike and len(parts) >= 3 and len({len(name) for name in names}) == 1
    return (listed or sisters) and not (crossing or people) and (len(parts) >= 3 or alike)


def open_list(statements: Statements, last: Claim) -> bool:
    """Whether 等 follows the last part: there may be more."""
    return statements.document.unified[last.end : last.end + 1] == "等" or last.right.startswith(
        "等"
    )


def partition(statements: Statements, parts: list[Claim]) -> bool:
    """Whether the parts are all the parts that there can be, by their names."""
    words = [_own_words(statements, p) for p in parts]
    for names in _PARTITIONS:
        if len(names) == len(parts) and all(
            re.search(rf"(?:{n})", w) for n, w in zip(names, words, strict=True)
        ):
            return True
        if len(parts) == 2 == len(names) and all(
            re.search(rf"(?:{n})", w) for n, w in zip(names, reversed(words), strict=True)
        ):
            return not any(re.search("进出口|非税.*税收", w) for w in words)
    return False


def _own_words(statements: Statements, part: Claim) -> str:
    """The words that belong to one part: from the figure before it on, dates and all."""
    earlier = statements.claims[part.index - 1] if part.index else part
    low = earlier.end if earlier.block is part.block and earlier is not part else part.block.body
    words = statements.document.unified[max(low, part.start - 16) : part.start]
    return re.split("[,;:。]", words.rstrip(",;:"))[-1] + part.right[:6]


def _few(
    statements: Statements, whole: Claim, parts: list[Claim], rest: Decimal
) -> Iterator[Finding]:
    """其他单位少之又少 while what is left for them exceeds most of those named: ambiguous."""
    text = statements.document.unified
    tail = text[parts[-1].end : statements.sentence_end(parts[-1])]
    bigger = [p for p in parts if p.quantity.size < rest]
    if re.search(r"其他|其它|其余", tail) and _FEW.search(tail) and len(bigger) * 2 > len(parts):
        yield finding(statements, "remainder_wording", Verdict.AMBIGUOUS, [whole, *parts],
                      f"{show(whole)} - ({' + '.join(show(p) for p in parts)}) = {like(rest, whole)}",
                      say("其他部分合计%(rest)s, 多于所列的%(bigger)s项, 与“%(words)s”的说法不合。", rest=like(rest, whole), bigger=len(bigger), words=_FEW.search(tail).group()),  # type: ignore[union-attr]  # matched above
                      Severity.MINOR)  # fmt: skip
