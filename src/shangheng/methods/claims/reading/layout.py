"""From plain text to blocks: headings told from paragraphs, page furniture and repeats dropped."""

import re
from collections.abc import Iterator

from shangheng.methods.claims.quantities.characters import unify
from shangheng.methods.claims.quantities.numerals import read_numeral
from shangheng.methods.claims.reading.document import Block, Cell, Document, Heading, Note, Table
from shangheng.methods.wording import say

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_CN = "一二三四五六七八九十百"
_NUMBERED = re.compile(
    rf"[ \t\"“]*(?:(?P<s0>第[{_CN}]{{1,4}}[章篇]|第[{_CN}]{{1,3}}部分)"
    rf"|(?P<s1>[{_CN}]{{1,4}})[、.](?![二三四五]、)(?P<twice>[、.]*)"
    rf"|(?P<s2>\([{_CN}]{{1,4}}\))"
    r"|(?P<s3>\d{1,2})(?:[、]|\.(?!\d)|\.(?=20\d\d年|\d\+))(?P<twice3>[、.]*)"
    r"|(?P<s4>\(\d{1,2}\)))[ \t]*"
)
_TITLE_END = re.compile(r"[。;!?]")
_FURNITURE = re.compile(
    r"^[ \t]*(?:(?:发布(?:时间|日期)|发文日期|成文日期|索引号|信息来源|来源|作者|浏览次数|点击数|字号|字体|打印|分享到?|关闭|返回"
    r"|上一篇|下一篇|相关(?:文章|附件|链接|阅读)|关联 ?(?:文章|附件)|扫码|扫一扫|当前位置|您(?:当前)?的?(?:当前)?位置"
    r"|政府信息公开|首页|网站地图|版权所有|主办单位|承办单位|技术支持|责任编辑|编辑|附件下载|主题分类|发文机关|名 ?称)"
    r"[^。]{0,80}|[-— ]{0,3}第? ?\d{1,4} ?页?[-— ]{0,3})[ \t]*$"
)
_TRAIL = re.compile(r"^[ \t]*[^。《》,;]{0,40}(?:》 ?》|>>|[»›])[^。,;]{0,80}[ \t]*$")
_LICENCE = re.compile(r"^[ \t]*[^。]{0,20}ICP备[^。]{0,60}[ \t]*$")
_PUBLISHED = re.compile(
    r"(?:发布时间|发布日期|成文日期|发文日期|日期)[:\s]{0,3}((?:19|20)\d\d)[-年./](\d{1,2})"
)
_LONG = 12
_MAX_TITLE = 42
_MAX_BLOCK = 6_000


def lay_out(text: str, *, tables: tuple[Table, ...] = (), notes: tuple[Note, ...] = ()) -> Document:
    """Make a `Document` of a text: blocks in order, without page furniture and repeated bodies."""
    unified = unify(text)
    tables = tables or tuple(_pasted_tables(text))
    lines = [(m.start(), m.end()) for m in _LINE.finditer(unified) if m.group().strip()]
    in_tables = _table_starts(tables)
    lines = [line for line in lines if line[0] not in in_tables]
    repeats = _repeats(unified, lines)
    kept: list[tuple[int, int]] = []
    furniture: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if index in repeats:
            continue
        (furniture if _is_furniture(unified[line[0] : line[1]]) else kept).append(line)
    found = _PUBLISHED.search(unified, 0, 4000)
    published = (int(found[1]), int(found[2])) if found else None
    return Document(
        text, unified, tuple(_blocks(unified, kept)), tables,
        notes + _reading_notes(lines, repeats, furniture),
        _title(unified, kept), published,
    )  # fmt: skip


def _is_furniture(line: str) -> bool:
    """Whether a line belongs to the page: a menu, a trail of pages, a page number, a licence."""
    trail = any(mark in line for mark in "》>»›") and _TRAIL.match(line)
    licence = "ICP备" in line and _LICENCE.match(line)
    return bool(trail or licence or _FURNITURE.match(line))


_ROW = re.compile(r"^[^\t\n]*(?:\t[^\t\n]*)+$", re.MULTILINE)


def _pasted_tables(text: str) -> Iterator[Table]:
    """Tables pasted into plain text: at least three lines that follow each other with as many tabs."""
    if "\t" not in text:
        return
    rows: list[re.Match[str]] = []
    for row in [*_ROW.finditer(text), None]:
        last = rows[-1] if rows else None
        goes_on = (
            row
            and last
            and row.start() == last.end() + 1
            and row[0].count("\t") == last[0].count("\t")
        )
        if not goes_on:
            if len(rows) >= 3:
                yield Table(tuple(_cells(r) for r in rows))
            rows = []
        if row:
            rows.append(row)


def _cells(row: re.Match[str]) -> tuple[Cell, ...]:
    at, cells = row.start(), []
    for words in row[0].split("\t"):
        cells.append(Cell(at, at + len(words)))
        at += len(words) + 1
    return tuple(cells)


def _table_starts(tables: tuple[Table, ...]) -> set[int]:
    return {cell.start for table in tables for row in table.rows for cell in row if cell}


def _reading_notes(
    lines: list[tuple[int, int]], repeats: dict[int, int], furniture: list[tuple[int, int]]
) -> tuple[Note, ...]:
    notes = []
    if repeats:
        spans = _joined([lines[i] for i in sorted(repeats)])
        notes.append(
            Note("duplicate_body", say("正文有一部分重复出现, 只审核第一次出现的文字。"), spans)
        )
    if furniture:
        notes.append(Note("furniture", say("网页或页眉页脚文字未纳入审核。"), tuple(furniture)))
    return tuple(notes)


def _joined(lines: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return ((lines[0][0], lines[-1][1]),) if lines else ()


def _repeats(text: str, lines: list[tuple[int, int]]) -> dict[int, int]:
    """Lines of a body that stands there a second time: line → the line that it repeats.

    A repeat is a run of at least three long lines that follow each other in the same order as
    before; a single sentence said twice is left for the checks. One pass over the lines.
    """
    first: dict[str, int] = {}
    long = [(i, text[s:e].strip()) for i, (s, e) in enumerate(lines) if e - s >= _LONG]
    order = {i: place for place, (i, _) in enumerate(long)}
    found: dict[int, int] = {}
    place = 0
    while place < len(long):
        index, words = long[place]
        before = first.setdefault(words, index)
        if before == index:
            place += 1
            continue
        run = _run(long, order[before], place)
        if run >= 3 and sum(len(w) for _, w in long[place : place + run]) >= 60:
            last = long[place + run - 1][0]
            found |= dict.fromkeys(range(index, last + 1), before)
        place += run
    return found


def _run(long: list[tuple[int, str]], earlier: int, later: int) -> int:
    length = 0
    while (
        later + length < len(long)
        and earlier + length < later
        and long[earlier + length][1] == long[later + length][1]
    ):
        length += 1
    return max(length, 1)


def _blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    path: tuple[Heading, ...] = ()
    for start, end in lines:
        heading, body = read_heading(text, start, end)
        if heading is not None:
            path = (*(h for h in path if h.style < heading.style), heading)
        for low, high in _cut(text, start, end):
            first = low == start
            yield Block(low, high, body if first else low, heading if first else None, path)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A very long paragraph in pieces that end with a sentence, so that no work grows with it."""
    while end - start > _MAX_BLOCK:
        half, most = start + _MAX_BLOCK // 2, start + _MAX_BLOCK
        marks = (text.rfind(mark, half, most) + 1 for mark in "。;,、")
        stop = next((at for at in marks if at), most)
        yield start, stop
        start = stop
    yield start, end


def read_heading(text: str, start: int, end: int) -> tuple[Heading | None, int]:
    """The numbered heading that a line begins with, and where the running words begin after it."""
    found = _NUMBERED.match(text, start, end)
    if found is None:
        return None, start
    style = next(i for i in range(5) if found[f"s{i}"])
    digits = found[f"s{style}"].strip("()第章篇部分")
    numeral = read_numeral(digits, 0) if digits else None
    stop = _TITLE_END.search(text, found.end(), end)
    title_end = stop.start() if stop else end
    run_in = stop is not None and stop.end() < end
    title = text[found.end() : title_end].strip()
    colon = title.find(":")
    if colon > 0 and colon <= 24:
        title, run_in, title_end = title[:colon], True, found.end() + colon
    if len(title) > _MAX_TITLE or (stop and any(c.isdigit() for c in title)):
        title = ""
    number = int(numeral.value) if numeral else 0
    body = title_end if title and run_in else (end if title else found.end())
    return Heading(style, number, title, start, min(title_end, end) if title else found.end()), body


def _title(text: str, lines: list[tuple[int, int]]) -> str:
    for start, end in lines[:6]:
        line = text[start:end].strip()
        if 4 <= len(line) <= 60 and not _TITLE_END.search(line):
            return line
    return ""
