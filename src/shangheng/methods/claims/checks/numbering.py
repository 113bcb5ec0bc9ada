"""Numbers of headings and of 一是…二是… run on without gaps."""

import re
from collections.abc import Iterator

from shangheng.methods.claims.checks.base import textual
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.quantities.numerals import read_numeral
from shangheng.methods.claims.reading.document import Heading
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_ENUMERATED = re.compile(
    r"(?:(?<=[。;,:!? ])|^)(?:(?P<is>[一二三四五六七八九十]{1,2})是(?=[^\s,。;])|第(?P<nth>[一二三四五六七八九十]{1,2})[,、:]"
    r"|其(?P<of>[一二三四五六七八九十])[,、:]|\((?P<bracket>\d{1,2}|[一二三四五六七八九十]{1,2})\)(?=[\u4e00-\u9fff])|(?P<digit>\d{1,2})\.(?=[\u4e00-\u9fff]))",
    re.MULTILINE,
)


def enumerated(text: str, start: int, end: int) -> Iterator[tuple[str, int, re.Match[str]]]:
    """The marks of enumerations (一是, 第一, 其一, (1)), each with its style and number."""
    for found in _ENUMERATED.finditer(text, start, end):
        style = found.lastgroup or ""
        numeral = read_numeral(found[style], 0)
        if numeral:
            yield style, int(numeral.value), found


def check_numbering(statements: Statements) -> Iterator[Finding]:
    """Headings of one level follow each other by one: 一、三、 misses 二; (二)(二) repeats.

    Example: 一、→ 三、→ 四、 → inconsistent (二 is missing). Also 一是…三是… inside a paragraph.
    Limits: a new 一 starts a new list; lists that do not begin at one are left alone.
    """
    last: dict[int, Heading] = {}
    for block in statements.document.blocks:
        heading = block.heading
        if heading is None:
            continue
        for style in [s for s in last if s > heading.style]:
            del last[style]
        previous = last.get(heading.style)
        if previous is not None and heading.number not in (1, previous.number + 1):
            yield _jump(statements, previous, heading)
        if previous is not None or heading.number == 1:
            last[heading.style] = heading
    for block in statements.blocks_with("是第其(."):
        yield from _points(statements, block.body, block.end)


def _jump(statements: Statements, previous: Heading, heading: Heading) -> Finding:
    text = statements.document.text
    spans = [(h.start, min(h.end, h.start + 30)) for h in (previous, heading)]
    words = [text[s:e].strip() for s, e in spans]
    what = (
        say("重复")
        if heading.number == previous.number
        else (say("缺号") if heading.number > previous.number else say("倒序"))
    )
    return textual(statements, "numbering", Verdict.INCONSISTENT, spans,
                   f"{previous.number} → {heading.number}", say("标题序号%(what)s: “%(words)s”之后是“%(words2)s”。", what=what, words=words[0], words2=words[1]), Severity.MINOR)  # fmt: skip


def _points(statements: Statements, start: int, end: int) -> Iterator[Finding]:
    last: dict[str, tuple[int, re.Match[str]]] = {}
    for style, number, found in enumerated(statements.document.unified, start, end):
        if style in last and number not in (1, last[style][0] + 1):
            before, mark = last[style]
            yield textual(statements, "numbering", Verdict.INCONSISTENT, [mark.span(style), found.span(style)],
                          f"{before} → {number}", say("“%(n)s”之后是“%(n2)s”, 序号不连。", n=mark.group(), n2=found.group()), Severity.MINOR)  # fmt: skip
        if style in last or number == 1:
            last[style] = number, found
