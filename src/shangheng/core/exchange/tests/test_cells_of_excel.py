"""What people and programs leave in sheets: each is understood, or refused at its address."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from shangheng.core.exchange.read import read
from shangheng.core.exchange.tests.excel import SHEET, Draw, made, part_of, refusal, taken, value_of
from shangheng.core.exchange.tests.workbooks import COLUMNS, GOOD, messages, read_csv, replaced

# What hides or joins cells


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("A1:B1", "A1:B1是合并单元格"),
        ("A2:A3", "A2:A3是合并单元格"),
        ("B2:C2", "B2:C2是合并单元格"),
        ("A9:F9", "A9:F9是合并单元格"),
    ],
)
def test_merged_cells_in_the_table_are_refused_with_their_area(area: str, told: str) -> None:
    content = made(list(GOOD), list(GOOD), draw=lambda sheet: sheet.merge_cells(area))
    assert any(told in message for message in messages(taken(content)))


def test_a_merged_title_above_the_header_does_no_harm() -> None:
    def draw(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "2021年明细"
        sheet.merge_cells("A1:F1")

    assert taken(made(draw=draw)).ok


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def fold_row(sheet: Any) -> None:
    sheet.row_dimensions.group(2, 2, hidden=True)


def filter_row(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:F2"
    sheet.auto_filter.add_filter_column(0, ["乙公司"])
    sheet.row_dimensions[2].hidden = True


@pytest.mark.parametrize("draw", [hide_row, fold_row, filter_row])
def test_a_row_that_is_not_seen_is_refused(draw: Draw) -> None:
    [message] = messages(taken(made(draw=draw)))
    assert "第2行：这一行是隐藏的或被筛选掉的" in message


@pytest.mark.parametrize("hidden", [b'hidden="1"', b'hidden="true"', b'width="0"'])
def test_a_column_that_is_not_seen_is_refused(hidden: bytes) -> None:
    columns = b"<cols><col min='2' max='2' " + hidden + b"/></cols><sheetData>"
    [message] = messages(taken(replaced(made(), SHEET, b"<sheetData>", columns)))
    assert "“数值”列(B:B)：这一列是隐藏的" in message


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_is_not_seen_is_refused(state: str) -> None:
    def draw(sheet: Any) -> None:
        sheet.parent.create_sheet("说明")
        sheet.sheet_state = state

    [message] = messages(taken(made(draw=draw)))
    assert "工作表“数据”" in message
    assert "隐藏" in message


def test_a_filter_that_hides_nothing_does_no_harm() -> None:
    assert taken(made(draw=lambda sheet: setattr(sheet.auto_filter, "ref", "A1:F2"))).ok


@pytest.mark.parametrize(
    "height", [b'ht="0" customHeight="1"', b'hidden="true" customFormat="false"']
)
def test_a_row_that_other_programs_have_hidden_is_refused(height: bytes) -> None:
    content = replaced(made(), SHEET, b'<row r="2"', b'<row r="2" ' + height)
    [message] = messages(taken(content))
    assert "第2行：这一行是隐藏的" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'<row r="2"', b'<row hidden="1"'), (b'<c r="B2" t="n">', b'<c t="e">')],
)
def test_a_mark_that_says_no_place_is_not_passed_over(old: bytes, new: bytes) -> None:
    [message] = messages(taken(replaced(made(), SHEET, old, new)))
    assert "不是完好的" in message


# Texts and codes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("\u3000甲公司\u00a0", "甲公司"),
        ("甲公司\u200b", "甲公司"),
        ("'91420112MA4KXXXX0X", "91420112MA4KXXXX0X"),
        (13800000000, "13800000000"),
        ("914201120000000000", "914201120000000000"),
    ],
)
def test_a_text_loses_only_what_is_not_seen(written: object, expected: str) -> None:
    assert value_of("A2", written) == expected


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (914201120000000123, "超过15位"),
        (9.14201120000000e17, "超过15位"),
        ("9.1420112E+17", "科学记数法"),
        ("#REF!", "公式出错"),
        ("甲公司\n乙公司", "几行"),
        ("甲\u200b公司", "看不见"),
        (time(14, 30), "时刻"),
    ],
)
def test_a_text_that_is_spoiled_is_refused(written: object, told: str) -> None:
    assert told in refusal("A2", written)


def test_a_number_that_shows_as_percent_is_no_text() -> None:
    assert "显示的与所存的" in refusal("A2", 0.12, "0%")


def test_a_code_that_a_spreadsheet_has_spoiled_in_a_csv_is_refused() -> None:
    [message] = messages(read_csv("企业,数值,日期", "9.1420112E+17,1,2021-3-5"))
    assert "“企业”列(A2)" in message
    assert "科学记数法" in message


# Formulas


def test_a_formula_without_its_result_is_refused() -> None:
    assert "还没有计算结果" in refusal("B2", "=1+1")


def test_a_formula_that_failed_is_refused() -> None:
    def draw(sheet: Any) -> None:
        sheet["B2"] = "#DIV/0!"
        sheet["B2"].data_type = "e"

    [message] = messages(taken(made(draw=draw)))
    assert "(B2)：公式出错" in message


# As other programs write them


def test_a_day_kept_as_iso_text_and_a_text_kept_in_its_cell_are_read_alike() -> None:
    content = replaced(
        made(),
        SHEET,
        b'<c r="B2" t="n"><v>1.5</v>',
        b'<c r="B2" t="inlineStr"><is><r><t>1</t></r><r><t>.5</t></r></is>',
    )
    sheet = part_of(content, SHEET)
    start = sheet.index(b'<c r="D2"')
    day = sheet[start : sheet.index(b"</c>", start)]
    content = replaced(content, SHEET, day, b'<c r="D2" t="d"><v>2021-03-05T00:00:00</v>')
    values = taken(content).rows[0].values
    assert (values["amount"], values["day"]) == (Decimal("1.5"), date(2021, 3, 5))


def test_a_workbook_in_the_strict_form_is_read_alike() -> None:
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    content = made(draw=hide_row)
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        content = replaced(content, part, transitional, strict)
    [message] = messages(taken(content))
    assert "第2行：这一行是隐藏的" in message


@pytest.mark.parametrize("body", [b"<html><table><tr><td>x</td></tr></table></html>", b"<?xml ?>"])
def test_a_web_page_that_is_only_called_excel_is_refused_with_advice(body: bytes) -> None:
    [message] = messages(read(body, "导出.xls", COLUMNS))
    assert "另存为 .xlsx" in message
