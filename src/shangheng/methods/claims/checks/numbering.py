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
    r"(?:(?<=[。;,:!? ])|^)(?P<n>[一二三四五六七八九十]{1,2})是(?=[^\s,。;])", re.MULTILINE
)


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
    for block in statements.blocks_with("是"):
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
    expected, last = 0, None
    for found in _ENUMERATED.finditer(statements.document.unified, start, end):
        numeral = read_numeral(found["n"], 0)
        number = int(numeral.value) if numeral else 0
        if number == 1:
            expected, last = 2, found
            continue
        if last is not None and number != expected:
            yield textual(statements, "numbering", Verdict.INCONSISTENT, [last.span("n"), found.span("n")],
                          f"{expected - 1} → {number}", say("“%(n)s是”之后是“%(n2)s是”, 序号不连。", n=last['n'], n2=found['n']), Severity.MINOR)  # fmt: skip
        if last is not None:
            expected, last = number + 1, found
