"""Counts against the lists that follow them, and items against their thresholds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from shangheng.methods.claims.checks.base import exact, finding, show, textual
from shangheng.methods.claims.checks.numbering import enumerated
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.quantities.numerals import read_numeral
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_INVESTED = re.compile(r"(?:总投资|投资额|投资总额|投资)(?:达|为|约)?$")
_NUMBERED = re.compile("(?:等|项目|二期|一期)+$")
_ITEM_NAME = re.compile(r"的(?P<name>[^、,;。:()]{2,40})")
DONE = re.compile(
    r"(?:已经?|共|累计|成功|实际)?(?:完成|引进|签约|落户|落地|招引|实现)(?:了)?(?:目标)?$"
)
_CLOSED_LIST = re.compile(r"(?:分别(?:是|为)|即|一是|包括以下|具体(?:是|为|包括)|其中)[:,]?")
_NEXT_POINT = re.compile(r"[。;][二三四五六七八九十]是")
_PROMISED = re.compile(
    r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<unit>个方面|方面|项(?:重点)?(?:工作|举措|措施|任务)|大(?:举措|行动|工程|任务)|点(?:建议|要求)|[点条](?=:)|个(?:问题|环节|重点))"
    r"[^,。;:]{0,10}[:。]|(?P<k>[一二两三四五六七八九十]{1,2})(?P<kind>[件项个条类步道手场][\u4e00-\u9fff]{1,6}?):"
    r"|(?:以下|如下|下列)(?P<m>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<sort>[个项大点条类])[^,。;:]{0,12}[:。]"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A named project with its investment, as listed: 投资5亿元的甲项目."""

    claim: Claim
    name: str


def items_of(statements: Statements) -> list[Item]:
    """Every 投资N的X of the report."""
    return statements.remembered(_items)


def _items(statements: Statements) -> list[Item]:
    found = []
    for claim in statements.of_kind(Kind.LEVEL):
        if not (claim.quantity.unit.money and "投" in claim.left and _INVESTED.search(claim.left)):
            continue
        if name := _ITEM_NAME.match(claim.right):
            found.append(Item(claim, _NUMBERED.sub("", name["name"].split("等")[0])))
    return found


def listings(statements: Statements) -> Iterator[list[Item]]:
    """Items listed together: in one sentence, or going on with 二是, 三是."""
    kept: list[Item] = []
    for item in items_of(statements):
        if item.claim.depth:
            continue
        if kept and not _goes_on(statements, kept[-1].claim, item.claim):
            yield kept
            kept = []
        kept.append(item)
    if kept:
        yield kept


def _goes_on(statements: Statements, one: Claim, other: Claim) -> bool:
    if one.block is not other.block:
        return False
    between = statements.between(one, other)
    return one.sentence == other.sentence or bool(_NEXT_POINT.search(between))


def check_list_count(statements: Statements) -> Iterator[Finding]:
    """已完成N个, followed by N named items; A、B、C三个…; N个方面: 一是…二是….

    Example: 已完成2个。已引进投资36亿元的甲项目、投资48亿元的乙项目 → 2 = 2 → ok; three items → inconsistent.
    甲、乙、丙3家企业 → ok; 甲、乙、丙4家企业 → inconsistent, while 甲、乙、丙等4家企业 → ok.
    Limits: a list opened by 如 or closed by 等 may be longer than what is named, never shorter.
    """
    yield from _projects(statements)
    yield from _named_then_number(statements)
    yield from _named_then_spelled(statements)
    yield from _quoted_then_number(statements)
    yield from _number_then_named(statements)
    yield from _points(statements)
    yield from _bullets(statements)


def _projects(statements: Statements) -> Iterator[Finding]:
    for items in listings(statements):
        first = items[0].claim
        counts = [c for c in statements.block(first)
                  if c.index < first.index and c.dimension == "count:个" and c.kind is Kind.LEVEL
                  and c.link is not Link.PART and DONE.search(c.left) and exact(c)]  # fmt: skip
        if not counts or first.sentence - counts[-1].sentence > 1:
            continue
        count = counts[-1]
        stop = min((c.index for c in statements.block(first)
                    if c.index > first.index and c.quantity.unit.counts and c.level), default=10**9)  # fmt: skip
        yield from _count_items(statements, count, [i for i in items if i.claim.index < stop])


def _count_items(statements: Statements, count: Claim, items: list[Item]) -> Iterator[Finding]:
    text = statements.document.unified
    passage = text[count.end : items[0].claim.start]
    tail = text[items[-1].claim.end : statements.sentence_end(items[-1].claim)]
    opened = bool(re.search(r"如|例如|包括", passage)) or "等" in tail
    number, listed = int(count.quantity.value), len(items)
    claims = [count, *[i.claim for i in items]]
    arithmetic = f"{show(count)} {'=' if listed == number else '≠'} {listed}"
    if listed == number or (opened and listed < number):
        yield finding(
            statements, "list_count", Verdict.OK, claims, arithmetic, say("数目与所列项目相符。")
        )
    elif listed > number or _CLOSED_LIST.search(passage):
        yield finding(statements, "list_count", Verdict.INCONSISTENT, claims, arithmetic,
                      say("文中说%(count)s, 所列为%(listed)s项。", count=show(count), listed=listed))  # fmt: skip
    else:
        yield finding(statements, "list_count", Verdict.AMBIGUOUS, claims, arithmetic,
                      say("文中说%(count)s, 只列出%(listed)s项, 是否列全不清楚。", count=show(count), listed=listed), Severity.MINOR)  # fmt: skip


def _named_then_number(statements: Statements) -> Iterator[Finding]:
    """甲、乙、丙三家企业: the names before a number, when the number follows them at once."""
    text = statements.document.unified
    for claim in statements.counts:
        quantity = claim.quantity
        if claim.depth or not 2 <= quantity.value <= 15:
            continue
        if not quantity.figure.isascii() and quantity.unit.name not in (
            "个",
            "家",
            "类",
            "种",
            "位",
            "名",
        ):
            continue
        listed = _listed_before(text, claim)
        if listed is None:
            continue
        low, high, opened, start = listed
        number = int(quantity.value)
        wrong = number < low or (not opened and high > 2 and number > high)
        span = (start, claim.end)
        sign = "≠" if wrong else ("≤" if opened else "=")
        arithmetic = f"{low if low == high else f'{low}–{high}'} {sign} {show(claim)}"
        verdict = Verdict.INCONSISTENT if wrong else Verdict.OK
        message = (
            say("数目与所列名称相符。")
            if not wrong
            else say("所列名称为%(low)s项, 文中写%(claim)s。", low=low, claim=show(claim))
        )
        yield Finding("list_count", verdict, Severity.MAJOR, (span,), statements.document.text[start : claim.end],
                      arithmetic, message, (claim.index,))  # fmt: skip


_COUNTED = re.compile(
    r"(?P<n>[二两三四五六七八九十])(?:大|个|项|条|类|家|种|件|点|座|所|处|场|款|方面)(?=[\u4e00-\u9fff]{2})"
)
_LISTED = re.compile(
    r"(?P<list>[\u4e00-\u9fffA-Za-z“”]{2,24}(?:、[\u4e00-\u9fffA-Za-z“”]{2,16}){1,11})$"
)


_QUOTED_LIST = re.compile(
    r"(?:(?:“[^“”\n]{1,20}”|《[^《》\n]{1,30}》)、?){2,12}(?P<n>[两三四五六七八九十]|\d{1,2})(?:场|个|项|类|条|届|大|部|件|家|份)"
)


def _quoted_then_number(statements: Statements) -> Iterator[Finding]:
    """“甲”“乙”“丙”3场: names in quotation marks that a number follows at once."""
    text = statements.document.text
    for block in statements.blocks_with("”》"):
        for found in _QUOTED_LIST.finditer(text, block.body, block.end):
            listed = len(re.findall("[”》]", found.group()))
            numeral = read_numeral(found["n"], 0)
            fits = numeral is not None and int(numeral.value) == listed
            yield textual(statements, "list_count", Verdict.OK if fits else Verdict.INCONSISTENT, [found.span()],
                          f"{listed} {'=' if fits else '≠'} {found['n']}",
                          say("数目与所列名称相符。") if fits else say("所列名称为%(listed)s项, 文中写“%(n)s”。", listed=listed, n=found['n']), Severity.MAJOR)  # fmt: skip


_NO_NAME = re.compile(r"(?:等|[的第和与及对“国年度央])$")
_DOING = re.compile(
    r"均|分别|完成|实现|开展|推进|组织|建成|新增|引进|签约|举办|实施|打造|获评|入选|评为|创建|成立|设立|落实|深入|围绕|聚焦|通过|纳入|编制|出台"
)


def _named_then_spelled(statements: Statements) -> Iterator[Finding]:
    """甲、乙、丙和丁五大片区: a spelled-out number that follows its list at once counts it."""
    text = statements.document.unified
    for block in statements.blocks_with("、"):
        for found in _COUNTED.finditer(text, block.body, block.end):
            at = found.start()
            if "、" not in text[max(block.body, at - 17) : at]:
                continue
            named = _LISTED.search(re.split("[,;。:]", text[max(block.body, at - 200) : at])[-1])
            if named is None:
                continue
            members = named["list"].split("、")
            if any(_DOING.search(m) for m in members[1:]) or _NO_NAME.search(members[-1]):
                continue
            numeral = read_numeral(found["n"], 0)
            number = int(numeral.value) if numeral else 0
            joints = len(
                re.findall(
                    r"(?<=[\u4e00-\u9fff])(?:以及|和|与|及)(?=[\u4e00-\u9fff]{2})", members[-1]
                )
            )
            low, high = len(members), len(members) + joints
            gap = low - number if number < low else number - high
            if not 1 <= gap <= 2 or high < 3 or number < 2 or (number == 2 and joints):
                continue
            yield textual(statements, "list_count", Verdict.INCONSISTENT, [(at - len(named["list"]), found.end())],
                          f"{low if low == high else f'{low}–{high}'} ≠ {found['n']}",
                          say("所列名称为%(high)s项, 文中写“%(n)s”。", high=high, n=found['n']), Severity.MAJOR)  # fmt: skip


_NAMED_AFTER = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}(?:,?分别(?:是|为|位于|在|来自|落户|涉及)|,?即(?:是|为)?|\()|[^,;。:()、]{0,16}(?:项目|企业|城市|平台|基地|园区|街区|商圈|活动|工程|单位|部门|镇街|街道|乡镇|学校|医院|社区|行业|领域|县区|区县):)(?P<list>[^,;。:()\d]{4,160}?)(?P<end>[)。;,]|$)"
)


_WHOLE_NAME = re.compile(r"(?:街道|[镇乡县市村]|公司|集团|社区|产业园|学校|医院)$")


def _number_then_named(statements: Statements) -> Iterator[Finding]:
    """3家企业,分别是甲、乙、丙, and 3家企业(甲、乙、丙): the names after a number are all of it."""
    text = statements.document.unified
    for claim in statements.counts:
        if not 2 <= claim.quantity.value < 16:
            continue
        found = _NAMED_AFTER.match(text, claim.end, min(claim.block.end, claim.end + 200))
        if found is None or "、" not in found["list"] or "等" in found["list"][-3:]:
            continue
        members = found["list"].split("、")
        low, number = len(members), int(claim.quantity.value)
        last = _last_members(members[-1])
        high = low + len(last) - 1
        low = high if all(_WHOLE_NAME.search(name) for name in last) else low
        if not 2 <= number <= 15 or any(len(m) > 20 for m in members):
            continue
        wrong = not low <= number <= high
        span = (claim.start, found.end("list"))
        yield Finding(
            "list_count",
            Verdict.INCONSISTENT if wrong else Verdict.OK,
            Severity.MAJOR,
            (span,),
            statements.document.text[span[0] : span[1]],
            f"{show(claim)} {'≠' if wrong else '='} {low}",
            say("文中说%(claim)s, 所列名称为%(low)s项。", claim=show(claim), low=low)
            if wrong
            else say("数目与所列名称相符。"),
            (claim.index,),
        )


_QUOTED = re.compile(r"[“\"《][^“”\"《》]{0,40}[”\"》]")
_PLACES = re.compile(
    r"[大个]?(?:商圈|片区|园区|组团|板块|景区|城市|省份?|街道|乡镇|国家|地区|区县|县市|市县)"
)
_NAMES_ONLY = re.compile(r"[\u4e00-\u9fffA-Za-z·\-()]{3,16}")


def _listed_before(text: str, claim: Claim) -> tuple[int, int, bool, int] | None:
    floor = max(claim.block.body, claim.start - 160)
    at = max(text.rfind(c, floor, claim.start) for c in ",;。:!?\n") + 1
    words = _QUOTED.sub("某", text[max(at, floor) : claim.start])
    words = words.removesuffix("共")
    opened = words.endswith("等")
    words = words.removesuffix("等")
    if (
        words.count("、") < 1
        or any(c.isdigit() for c in words)
        or re.search(r"(?:[的了和及与]|以及)$", words)
    ):
        return None
    members = words.split("、")
    last = _last_members(members[-1])
    names = members[1:-1] + [m for m in last if m]
    places = bool(_PLACES.match(claim.right))
    if (
        not all((_NAMES_ONLY.fullmatch(n) or (places and len(n) == 2)) for n in names)
        or not 3 - places <= len(members[0]) <= 40
        or len(last) > 2
    ):
        return None
    if _not_a_list(names):
        return None
    low, high = len(members), len(members) + len(last) - 1
    return low, high, opened, max(at, floor)


def _last_members(words: str) -> list[str]:
    """The last one or two names: 甲产业园和乙产业园 are two, 天和产业园 is one."""
    for joint in re.finditer(r"以及|和|及|与", words):
        if joint.start() >= 3 and len(words) - joint.end() >= 3:
            return [words[: joint.start()], words[joint.end() :]]
    return [words]


_VERBISH = re.compile(
    r"均|增至|达到|连跨|超过|突破|分别|余额|(?:完成|实现|开展|推进|组织|建成|新增|引进|签约|达到|举办|建设|改造|发放|查处|检查|累计|共|新|获|有|为|是|培育|认定|排查|整治|办理|出动|销毁|立案|落实|受理|处理|化解|评|入选|覆盖|改建|扩建|修缮|整改|关闭|取缔)$|(?:完成|实现|累计|建成|新增|共有?|设立|成立|举办|组织|开展|引进|培育|新建|改造|销毁|查处)"
)


def _not_a_list(names: list[str]) -> bool:
    """Whether the last member ends in or holds a verb, so that the number belongs to a new phrase."""
    return not names or len(names[-1]) > 12 or any(_VERBISH.search(n) for n in names)


_BULLETS = "◆◇▲△★☆●○■□▶➢※·"
_PROMISED_LINES = re.compile(
    r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})(?:[个项大条点类]|方面)[^,。;:]{0,10}:$"
)


def _bullets(statements: Statements) -> Iterator[Finding]:
    """形成以下三个亮点: with a line for each after it, all with the same mark at their head."""
    text, blocks = statements.document.unified, statements.document.blocks
    for place, block in enumerate(blocks):
        promised = (
            _PROMISED_LINES.search(text, block.body, block.end)
            if text[block.end - 1] == ":"
            else None
        )
        if promised is None or place + 1 == len(blocks):
            continue
        mark = text[blocks[place + 1].start]
        lines = list(takewhile(lambda b: text[b.start] == mark, blocks[place + 1 :][:16]))  # noqa: B023  # used at once
        stated = read_numeral(promised["n"], 0)
        if mark not in _BULLETS or stated is None or len(lines) < 2:
            continue
        fits = int(stated.value) == len(lines)
        spans = [promised.span(), (lines[-1].start, lines[-1].start + 1)]
        yield textual(statements, "list_count", Verdict.OK if fits else Verdict.INCONSISTENT, spans,
                      f"{promised['n']} {'=' if fits else '≠'} {len(lines)}",
                      say("数目与所列各项相符。") if fits else say("文中说%(words)s%(unit)s, 所列为%(numbers)s项。", words=promised["n"], unit="", numbers=len(lines)),
                      Severity.MAJOR)  # fmt: skip


def _points(statements: Statements) -> Iterator[Finding]:
    """N个方面: 一是…二是…: the last numeral of the enumeration is N."""
    text = statements.document.unified
    for block in statements.blocks_with("二2"):
        promised = _PROMISED.search(text, block.body, block.end)
        if promised is None:
            continue
        found = list(enumerated(text, promised.end() - 1, block.end))
        same = [(number, mark) for style, number, mark in found if style == found[0][0]]
        numbers, marks = [number for number, _ in same], [mark for _, mark in same]
        words = promised["n"] or promised["m"] or promised["k"]
        unit = promised["unit"] or promised["sort"] or promised["kind"]
        stated = read_numeral(words, 0)
        if stated is None or len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
            continue
        if marks[0].start() - promised.end() > 12:
            continue
        fits = int(stated.value) == len(numbers)
        spans = [promised.span(), *[m.span() for m in marks[-1:]]]
        yield textual(statements, "list_count", Verdict.OK if fits else Verdict.INCONSISTENT, spans,
                      f"{words} {'=' if fits else '≠'} {len(numbers)}",
                      say("数目与所列各项相符。") if fits else say("文中说%(words)s%(unit)s, 所列为%(numbers)s项。", words=words, unit=unit, numbers=len(numbers)),
                      Severity.MAJOR)  # fmt: skip
