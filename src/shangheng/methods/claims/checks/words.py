"""Slips of writing: doubled words and marks, loose bounds, relative years, repeated text."""

import re
from collections.abc import Iterator
from itertools import islice

from shangheng.methods.claims.checks.base import textual
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_DOUBLED = re.compile(
    r"(?P<word>(?![一很逐多越几])(?P<a>[\u4e00-\u9fff])(?!(?P=a))[\u4e00-\u9fff]{1,3})(?P=word)(?![\u4e00-\u9fff]?(?P=word))"
)
_DOUBLED_ONE = re.compile(r"的的(?!确)|和和(?!美)|与与|及及(?!其)")
_MOST = 20
_NUMERALS = set("零〇一二三四五六七八九十百千万亿两0123456789")
_WITH_ONE = re.compile(r"[\u4e00-\u9fff]一[\u4e00-\u9fff]")
_DOUBLE_MARK = re.compile(
    r"(?P<mark>[,。;、:])(?P=mark)(?!(?P=mark))(?<!(?P=mark){3})|[、,;:][。;]|。[,、;]|[,;]、|、[,;]|》》|””"
)
_UNCLOSED = re.compile(
    r"“[^“”\n]{0,80}(?=“)|“[^“”。\n]{1,40}(?=[。](?!\”))(?![^\n]*”)|《[^《》\n]{0,60}(?=《|[。;](?![^《\n]*》))"
)
_ETC_TWICE = re.compile(
    r"(?<![高中初平优上下一二三四五六头均对同相不次特甲乙丙])等[\u4e00-\u9fff]{1,4}等(?![级于同待候])"
)
_UNTIL = re.compile(r"截止(?=到?(?:目前|当前|现在|今|\d|年底|上半年))")
_SHORT_YEAR = re.compile(r"(?<![\d.])\d\d年(?=同期|以来|度)")
_TWO_BOUNDS = re.compile(
    r"(?:约|近|大约|将近|接近|超过?|逾|突破)\d[\d.,]*[万亿]?(?:(?:余|多)|[万亿]?[\u4e00-\u9fff]{1,2}(?:左右|上下|以上|余))"
)
_BRACKET = re.compile("[()]")
_NEXT = re.compile(r"明年|今明两?年")
_SENTENCE = re.compile(r"[^,。;!?:]{16,}")


def check_doubled(statements: Statements) -> Iterator[Finding]:
    """A word written twice in a row: 加快加快, 的的; 等…等.

    Limits: reduplication that is good Chinese (一步一步, 的的确确, 很多很多) and numerals are left alone.
    """
    text = statements.document.unified
    for block in statements.document.blocks:
        for found in islice(_DOUBLED.finditer(text, block.start, block.end), _MOST):
            word = found["word"]
            turned = word[1:] + word[0]
            counts = set(word) & _NUMERALS and not _WITH_ONE.fullmatch(word)
            if not counts and _commoner(text, found.start(), word, turned):
                yield _slip(
                    statements, "doubled_word", found.span(), say("“%(word)s”重复。", word=word)
                )
        for found in _DOUBLED_ONE.finditer(text, block.start, block.end):
            yield _slip(
                statements,
                "doubled_word",
                found.span(),
                say("“%(words)s”重复。", words=found.group()[0]),
            )
    for block in statements.blocks_with("等"):
        for found in _ETC_TWICE.finditer(text, block.start, block.end):
            yield _slip(
                statements, "doubled_word", found.span(), say("“等”字重复。"), Verdict.AMBIGUOUS
            )


def _commoner(text: str, at: int, word: str, turned: str) -> bool:
    """Whether a word is commoner nearby than the same characters turned round (共建 in 共建共治)."""
    nearby = max(0, at - 50_000), at + 50_000
    return text.count(word, *nearby) > text.count(turned, *nearby)


def _slip(
    statements: Statements, check: str, span: tuple[int, int], message: str,
    verdict: Verdict = Verdict.INCONSISTENT,
) -> Finding:  # fmt: skip
    return textual(statements, check, verdict, [span], "", message, Severity.EDITORIAL)


def check_punctuation(statements: Statements) -> Iterator[Finding]:
    """Marks doubled (。。 、、) or clashing (,。), and brackets without a partner.

    Limits: three or more of one mark are an ellipsis; 1) at the head of a line is a number.
    """
    text = statements.document.unified
    for block in statements.document.blocks:
        for found in _DOUBLE_MARK.finditer(text, block.start, block.end):
            yield _slip(
                statements,
                "punctuation",
                found.span(),
                say("标点“%(words)s”有误。", words=found.group()),
            )
    for block in statements.blocks_with("()"):
        yield from _brackets(statements, text, block.start, block.end)
    for block in statements.blocks_with("“《"):
        for found in _UNCLOSED.finditer(text, block.start, block.end):
            yield _slip(
                statements,
                "punctuation",
                found.span(),
                say("“%(words)s”没有另一半。", words=found.group()[0]),
            )


def _brackets(statements: Statements, text: str, start: int, end: int) -> Iterator[Finding]:
    opened: list[int] = []
    for found in _BRACKET.finditer(text, start, end):
        at = found.start()
        if found.group() == "(":
            opened.append(at)
        elif opened:
            opened.pop()
        elif not re.search(
            r"(?:^|[\s。;,、:])[\da-zA-Z一二三四五六七八九十]{1,2}$", text[max(start, at - 4) : at]
        ):
            yield _slip(
                statements,
                "punctuation",
                (max(start, at - 2), at + 1),
                say("右括号没有对应的左括号。"),
            )
    for at in opened[:1]:
        yield _slip(
            statements, "punctuation", (at, min(end, at + 3)), say("左括号没有对应的右括号。")
        )


def check_usage(statements: Statements) -> Iterator[Finding]:
    """截止目前 for 截至目前, two-digit years, and a figure bounded twice (约20余家, 超过50家以上)."""
    text = statements.document.unified
    usages = ((_UNTIL, "止", say("宜用“截至”。")), (_SHORT_YEAR, "年", say("年份宜写四位。")),
              (_TWO_BOUNDS, "约近超逾突", say("概数词重复。")))  # fmt: skip
    for pattern, needs, message in usages:
        for block in statements.blocks_with(needs):
            for found in pattern.finditer(text, block.start, block.end):
                yield _slip(statements, "usage", found.span(), message, Verdict.AMBIGUOUS)


def check_relative_years(statements: Statements) -> Iterator[Finding]:
    """明年 in the plan for a year that has begun: which year is meant?

    Example: a report of January 2022, section 2022年工作安排: 为明年打下基础 → ambiguous (2022 or 2023).
    """
    text, published, year = (
        statements.document.unified,
        statements.document.published,
        statements.year,
    )
    for block in statements.blocks_with("明"):
        years = [int(m.group()) for h in block.path for m in re.finditer(r"20\d\d(?=年)", h.title)]
        if not years or year is None or years[-1] <= year:
            continue
        if published is not None and published[0] < years[-1]:
            continue
        for found in _NEXT.finditer(text, block.body, block.end):
            yield textual(statements, "relative_year", Verdict.AMBIGUOUS, [found.span()], f"{years[-1]}",
                          say("在%(years)s年的安排里写“%(words)s”, 指哪一年不清楚, 宜写年份。", years=years[-1], words=found.group()), Severity.MINOR)  # fmt: skip


def check_repeated_sentence(statements: Statements) -> Iterator[Finding]:
    """A clause of sixteen or more characters said twice in one paragraph → ambiguous, editorial."""
    text = statements.document.unified
    for block in statements.document.blocks:
        seen: dict[str, tuple[int, int]] = {}
        for found in _SENTENCE.finditer(text, block.body, block.end):
            earlier = seen.setdefault(found.group(), found.span())
            if earlier != found.span():
                yield textual(statements, "repeated_text", Verdict.AMBIGUOUS, [earlier, found.span()], "",
                              say("同一段内文字重复。"), Severity.EDITORIAL)  # fmt: skip


def check_duplicate_body(statements: Statements) -> Iterator[Finding]:
    """A body that stands in the file twice: audited once, and said so."""
    for note in statements.document.notes:
        if note.code == "duplicate_body":
            start, end = note.spans[0]
            yield textual(statements, "duplicate_body", Verdict.INCONSISTENT, [(start, min(end, start + 40))],
                          f"{end - start}", note.message, Severity.MINOR)  # fmt: skip


def check_crowded(statements: Statements) -> Iterator[Finding]:
    """A paragraph with more than 400 figures in 6,000 characters: what was not audited is said.

    Example: one endless list 甲镇5家、乙镇6家、… → uncheckable, with the number of figures that were left out.
    Limits: published reports stay below a quarter of that; a table has a paragraph for each cell.
    """
    for crowd in statements.crowded:
        span = (crowd.start, min(crowd.end, crowd.start + 40))
        yield textual(statements, "crowded", Verdict.UNCHECKABLE, [span], f"{crowd.figures}",
                      say("此处一段内数字过密, 从这里起%(figures)s个数字只计数、未核对; 请分段或分行后再审。", figures=crowd.figures), Severity.EDITORIAL)  # fmt: skip
