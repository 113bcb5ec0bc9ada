"""Tables: totals, shares, growth and completion recomputed from their columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shangheng.methods.claims.checks.base import number, textual
from shangheng.methods.claims.findings import Finding, Severity, Verdict
from shangheng.methods.claims.interval import Interval, total
from shangheng.methods.claims.quantities.numerals import read_numeral
from shangheng.methods.claims.reading.document import Cell, Table
from shangheng.methods.claims.statements.statements import Statements
from shangheng.methods.wording import say

_TOTAL = re.compile(r"^(?:合计|总计|共计|总数|小计)$")
_SHARE = re.compile(r"占比|比重|占.{0,6}(?:比例|%)")
_GROWTH = re.compile(r"同比|增幅|增速|增长(?!点)")
_RATE = re.compile(r"完成率|完成比例|完成进度|完成.{0,4}%")
_TARGET = re.compile(r"目标|任务|计划|预算数")
_RESULT = re.compile(r"^(?!.*(?:率|比|幅)).*(?:完成|实绩|实际|执行数)")
_LAST_YEAR = re.compile(r"上年|去年|同期")
_THIS_YEAR = re.compile(r"本年|今年|本期|^20\d\d年$|完成数?$|累计")
_NUMBER = re.compile(r"^[-+]?[\d,.]+ ?%?$")


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a cell, with what it can stand for."""

    cell: Cell
    words: str
    value: Decimal
    interval: Interval


def check_tables(statements: Statements) -> Iterator[Finding]:
    """合计 rows and columns, 占比, 同比 and 完成率 columns are recomputed.

    Example: rows 12, 9, 4 and 合计 25 → ok; 目标50, 完成45, 完成率90% → ok; 完成率95% → inconsistent.
    Limits: the columns are known by the words of the first row; merged headers over several rows are
    read by their last row; a total row is tested only when all rows above it have numbers.
    """
    for table in statements.document.tables:
        grid = _grid(statements, table)
        if len(grid) >= 3 and len(grid[0]) >= 2:
            yield from _total_rows(statements, table, grid)
            yield from _columns(statements, table, grid)


def _grid(statements: Statements, table: Table) -> list[list[Value | None]]:
    return [[_value(statements, cell) for cell in row] for row in table.rows]


def _words(statements: Statements, cell: Cell | None) -> str:
    return (
        ""
        if cell is None
        else re.sub(r"\s", "", statements.document.unified[cell.start : cell.end])
    )


def _value(statements: Statements, cell: Cell | None) -> Value | None:
    words = _words(statements, cell)
    if cell is None or not _NUMBER.match(words):
        return None
    numeral = read_numeral(words, 0)
    if numeral is None or numeral.end < len(words.rstrip("%").strip()):
        return None
    half = numeral.step / 2 if numeral.step != 1 or "%" in words else Decimal(0)
    return Value(cell, words, numeral.value, Interval(numeral.value - half, numeral.value + half))


def _total_rows(
    statements: Statements, table: Table, grid: list[list[Value | None]]
) -> Iterator[Finding]:
    for index, row in enumerate(table.rows):
        if not any(_TOTAL.match(_words(statements, cell)) for cell in row[:2]):
            continue
        first = 1 + max(
            (
                i
                for i in range(index)
                if any(_TOTAL.match(_words(statements, c)) for c in table.rows[i][:2])
            ),
            default=0,
        )
        for column, whole in enumerate(grid[index]):
            header = _header(statements, table, column)
            parts = [
                grid[i][column] if column < len(grid[i]) else None for i in range(first, index)
            ]
            if whole is None or len(parts) < 2 or any(p is None for p in parts):
                continue
            if "%" in whole.words or re.search(r"率|比|幅|序号|排名|位次|均", header):
                continue
            yield _table_sum(statements, [p for p in parts if p is not None], whole)


def _table_sum(statements: Statements, parts: list[Value], whole: Value) -> Finding:
    summed = total([p.interval for p in parts])
    value = sum((p.value for p in parts), Decimal(0))
    fits = summed.meets(whole.interval)
    return textual(statements, "table_sum", Verdict.OK if fits else Verdict.INCONSISTENT,
                   [(whole.cell.start, whole.cell.end)],
                   f"{' + '.join(p.words for p in parts)} = {value:f} {'=' if fits else '≠'} {whole.words}",
                   say("合计与各行之和相符。") if fits else say("各行之和为%(value)s, 表中合计为%(words)s。", value=f"{value:f}", words=whole.words), Severity.MAJOR)  # fmt: skip


def _header(statements: Statements, table: Table, column: int) -> str:
    rows = table.rows[:1]
    return "".join(_words(statements, row[column]) for row in rows if column < len(row))


def _columns(
    statements: Statements, table: Table, grid: list[list[Value | None]]
) -> Iterator[Finding]:
    headers = [_header(statements, table, c) for c in range(len(table.rows[0]))]
    target = _only(headers, _TARGET)
    result = _only(headers, _RESULT)
    last = _only(headers, _LAST_YEAR)
    this = _only([h if i not in (target, last) else "" for i, h in enumerate(headers)], _THIS_YEAR)
    for row in grid[1:]:
        for column, header in enumerate(headers):
            stated = row[column] if column < len(row) else None
            if stated is None:
                continue
            if _RATE.search(header) and target is not None and result is not None:
                yield from _ratio(
                    statements, "table_rate", row[result], row[target], stated, grows=False
                )
            elif (
                _GROWTH.search(header)
                and last is not None
                and this is not None
                and column not in (last, this)
            ):
                yield from _ratio(
                    statements, "table_growth", row[this], row[last], stated, grows=True
                )
    yield from _share_column(statements, table, grid, headers)


def _only(headers: list[str], pattern: re.Pattern[str]) -> int | None:
    found = [
        i
        for i, h in enumerate(headers)
        if pattern.search(h) and not re.search(r"率|比重|占比|增幅|增速|%|增长|同比$", h)
    ]
    return found[0] if len(found) == 1 else None


def _share_column(
    statements: Statements, table: Table, grid: list[list[Value | None]], headers: list[str]
) -> Iterator[Finding]:
    for column, header in enumerate(headers):
        if not _SHARE.search(header) or column == 0:
            continue
        totals = [
            i
            for i, row in enumerate(table.rows)
            if any(_TOTAL.match(_words(statements, c)) for c in row[:2])
        ]
        if len(totals) != 1 or grid[totals[0]][column - 1] is None:
            continue
        whole = grid[totals[0]][column - 1]
        for index, row in enumerate(grid[1:], 1):
            if index != totals[0] and column < len(row) and row[column] is not None:
                yield from _ratio(
                    statements, "table_share", row[column - 1], whole, row[column], grows=False
                )


def _ratio(
    statements: Statements, check: str, part: Value | None, whole: Value | None, stated: Value | None,
    *, grows: bool,
) -> Iterator[Finding]:  # fmt: skip
    if part is None or whole is None or stated is None or whole.value <= 0:
        return
    span = (
        part.interval.growth_from(whole.interval)
        if grows
        else part.interval.percent_of(whole.interval)
    )
    if span is None:
        return
    value = (part.value / whole.value - int(grows)) * 100
    whole_number = "." not in stated.words and "%" not in stated.words
    printed = stated.interval.widened(Decimal("0.5") if whole_number else Decimal(0))
    fits = span.meets(printed) or span.meets(printed.scaled(Decimal(100)))
    sign = " - 1" if grows else ""
    yield textual(statements, check, Verdict.OK if fits else Verdict.INCONSISTENT,
                  [(c.start, c.end) for c in (part.cell, whole.cell, stated.cell)],
                  f"{part.words} ÷ {whole.words}{sign} = {number(value)}% {'≈' if fits else '≠'} {stated.words}",
                  say("表中比率与数字相符。") if fits else say("按表中数字应为%(value)s%%, 表中写%(words)s。", value=number(value, 1), words=stated.words), Severity.MAJOR)  # fmt: skip
