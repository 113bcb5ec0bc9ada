import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.exchange.columns import Column
from shangheng.core.exchange.export import csv_text, workbook
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.exchange.read import read
from shangheng.core.exchange.tests.workbooks import GOOD, book, read_book, with_cell

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_is_neutralised(text: str) -> None:
    [[field]] = list(csv.reader(io.StringIO(csv_text(["备注"], [[text]]), newline="")))[1:]
    assert field == f"'{text}"
    cell = openpyxl.load_workbook(io.BytesIO(workbook("表", ["备注"], [[text]])))["表"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_negative_numbers_and_dates_are_left_alone() -> None:
    text = csv_text(["数值", "日期", "空"], [[Decimal("-5.20"), date(2021, 3, 5), None]])
    assert text == "\ufeff数值,日期,空\r\n-5.20,2021-03-05,\r\n"


def test_numbers_in_a_workbook_are_numbers() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook("表", ["数值"], [[Decimal("-5.2")]])))["表"]
    assert page["A2"].value == -5.2
    assert page.freeze_panes == "A2"


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20))
def test_a_text_written_as_csv_is_read_back_unchanged(text: str) -> None:
    columns = [Column("note", "备注")]
    content = csv_text(["备注"], [[text]]).encode()
    assert [row.values["note"] for row in read(content, "表.csv", columns).rows] == [text]


def test_wrong_cells_are_marked_with_the_message_in_a_copy() -> None:
    content = book(GOOD, with_cell("数值", "12..5"))
    table = read_book(content)
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(content, table.errors)))
    cell = copy["数据"]["B3"]
    assert cell.fill.start_color.rgb == "FFFFC7CE"
    assert "不是数值" in cell.comment.text
    assert copy["数据"]["B2"].fill.start_color.rgb != "FFFFC7CE"
    assert copy["错误清单"]["A2"].value == "工作表“数据”第3行“数值”列(B3)"


def test_a_marked_copy_of_a_csv_can_be_mended_and_read_again() -> None:
    content = "企业,数值,日期\n甲公司,一,2021-3-5\n".encode("gb18030")
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(content, read_book(content).errors)))
    copy["数据"]["B2"].value = 1.5
    buffer = io.BytesIO()
    copy.save(buffer)
    assert read_book(buffer.getvalue()).rows[0].values["amount"] == Decimal("1.5")
