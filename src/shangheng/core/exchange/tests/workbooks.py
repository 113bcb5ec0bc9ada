"""Workbooks as people make them, drawn cell by cell."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.read import Table, read

COLUMNS = (
    Column("enterprise", "企业", required=True, example="示例企业"),
    Column(
        "amount",
        "数值",
        Kind.DECIMAL,
        required=True,
        unit="亿元",
        decimals=10,
        example=Decimal("3.5"),
    ),
    Column("projects", "项目数", Kind.INTEGER, unit="个", example=2),
    Column("day", "日期", Kind.DATE, required=True, example=date(2021, 3, 5)),
    Column("month", "月份", Kind.MONTH, example=date(2021, 3, 1)),
    Column(
        "sector",
        "产业",
        Kind.CHOICE,
        choices={"工业": "industrial", "服务业": "services"},
        example="industrial",
    ),
)
HEADER = [column.title for column in COLUMNS]
GOOD = ["甲公司", 1.5, 1, date(2021, 3, 5), "2021-03", "工业"]

Draw = Callable[[Workbook, Worksheet], None]


def book(*rows: list[object], draw: Draw | None = None, name: str = "数据") -> bytes:
    """A workbook with the usual header and these rows; `draw` may spoil it."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(name)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate([list[object](HEADER), *rows]):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)
        if draw:
            draw(workbook, sheet)
    return buffer.getvalue()


def with_cell(title: str, value: object) -> list[object]:
    """The good row with another content under one title."""
    row = list[object](GOOD)
    row[[column.zh for column in COLUMNS].index(title)] = value
    return row


def read_book(content: bytes, name: str = "数据.xlsx") -> Table:
    return read(content, name, COLUMNS)


def read_csv(*lines: str, encoding: str = "utf-8") -> Table:
    return read("\r\n".join(lines).encode(encoding), "数据.csv", COLUMNS)


def messages(table: Table) -> list[str]:
    return [str(error) for error in table.errors]


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one piece of one part of it replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == part:
                assert old in body
                body = body.replace(old, new)
            target.writestr(entry.filename, body)
    return buffer.getvalue()
