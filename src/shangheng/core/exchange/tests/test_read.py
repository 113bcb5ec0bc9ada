from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.exchange.read import MAX_ERRORS, read
from shangheng.core.exchange.template import template
from shangheng.core.exchange.tests.workbooks import (
    COLUMNS,
    GOOD,
    HEADER,
    Draw,
    book,
    messages,
    read_book,
    read_csv,
    replaced,
    with_cell,
)

SHEET = "xl/worksheets/sheet1.xml"


def test_a_good_row_comes_back_typed() -> None:
    table = read_book(book(GOOD))
    assert table.ok
    assert table.rows[0].number == 2
    assert table.rows[0].values == {
        "enterprise": "甲公司",
        "amount": Decimal("1.5"),
        "projects": 1,
        "day": date(2021, 3, 5),
        "month": date(2021, 3, 1),
        "sector": "industrial",
    }


def test_an_error_says_sheet_row_column_and_address() -> None:
    table = read_book(book(GOOD, GOOD, GOOD, with_cell("数值", "12..5")))
    assert messages(table) == [
        "工作表“数据”第5行“数值”列(B5)：“12..5”不是数值；请只填数字，如1234.56"
    ]


def test_one_wrong_cell_keeps_out_every_row() -> None:
    table = read_book(book(GOOD, with_cell("日期", "某天")))
    assert table.rows == ()
    assert not table.ok


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (726.2, "726.2"),
        ("726.20", "726.2"),
        ("１，２３４．５", "1234.5"),
        ("1,234,567.8", "1234567.8"),
        (" 12 ", "12"),
        ("−3", "-3"),
        ("7.26亿", "7.26"),
        ("7.26亿元", "7.26"),
        (0, "0"),
        ("1234567890.0123456789", "1234567890.0123456789"),
    ],
)
def test_a_number_is_read_exactly_however_it_is_written(written: object, expected: str) -> None:
    table = read_book(book(with_cell("数值", written)))
    assert messages(table) == []
    assert table.rows[0].values["amount"] == Decimal(expected)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("12..5", "不是数值"),
        ("1,23", "不是数值"),
        ("约12", "不是数值"),
        ("—", "没有数据请留空"),
        ("3000万元", "请写成0.3"),
        ("3000万", "请写成0.3"),
        ("5元", "请写成0.00000005"),
        ("3亿美元", "单位“亿元”不符"),
        ("12%", "不符"),
        ("1.2E+15", "科学记数法"),
        (123456789012345678, "超过15位"),
        (0.12345678901, "小数多于10位"),
        ("9" * 40, "太长"),
        (True, "不是数值"),
        (date(2021, 3, 5), "不是数值"),
    ],
)
def test_a_number_that_is_not_certain_is_refused_with_advice(written: object, advice: str) -> None:
    [message] = messages(read_book(book(with_cell("数值", written))))
    assert "“数值”列(B2)" in message
    assert advice in message


@pytest.mark.parametrize(
    "written",
    [
        "2021-3-5",
        "2021/03/05",
        "2021.3.5",
        "2021年3月5日",
        "２０２１-３-５",
        "20210305",
        44260,
        20210305,
        "2021-03-05 00:00:00",
        datetime.combine(date(2021, 3, 5), time()),
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    table = read_book(book(with_cell("日期", written)))
    assert messages(table) == []
    assert table.rows[0].values["day"] == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("2021-2-30", "不存在"),
        ("21-3-5", "不是日期"),
        ("1021-3-5", "年份"),
        ("3月5日", "不是日期"),
        (44260.5, "不是日期"),
        (7, "不是日期"),
        (datetime.combine(date(2021, 3, 5), time(14, 30)), "时刻"),
    ],
)
def test_a_day_that_is_not_certain_is_refused(written: object, advice: str) -> None:
    [message] = messages(read_book(book(with_cell("日期", written))))
    assert advice in message


@pytest.mark.parametrize(
    "written", ["2021-10", "2021年10月", "2021/10", "202110", 202110, date(2021, 10, 1)]
)
def test_a_month_is_read_as_its_first_day(written: object) -> None:
    table = read_book(book(with_cell("月份", written)))
    assert table.rows[0].values["month"] == date(2021, 10, 1)


@pytest.mark.parametrize("written", [2021.1, "2021-13", "10月", date(2021, 10, 8)])
def test_a_month_that_is_not_certain_is_refused(written: object) -> None:
    assert not read_book(book(with_cell("月份", written))).ok


def test_a_choice_is_read_by_its_label_and_a_slip_is_answered_with_the_nearest() -> None:
    assert read_book(book(with_cell("产业", " 服务业 "))).rows[0].values["sector"] == "services"
    [message] = messages(read_book(book(with_cell("产业", "服务产业"))))
    assert "是不是“服务业”" in message


def test_an_empty_cell_is_missing_and_not_zero() -> None:
    assert read_book(book(with_cell("项目数", None))).rows[0].values["projects"] is None


def test_an_empty_required_cell_is_an_error() -> None:
    [message] = messages(read_book(book(with_cell("数值", "  "))))
    assert message.endswith("“数值”列(B2)：不能为空")


def test_a_count_must_be_whole() -> None:
    [message] = messages(read_book(book(with_cell("项目数", 1.5))))
    assert "不是整数" in message


def test_blank_rows_between_and_below_are_passed_over() -> None:
    table = read_book(book(GOOD, [None], GOOD, ["  "], [""]))
    assert [row.number for row in table.rows] == [2, 4]


def test_a_title_above_the_header_does_no_harm() -> None:
    def draw(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("A1:F1", "东西湖区2021年明细")
        for place, title in enumerate(HEADER):
            sheet.write(2, place, title)
            sheet.write(3, place, GOOD[place] if place != 3 else "2021-3-5")

    assert [row.number for row in read_book(book(draw=draw)).rows] == [4]


def merged(_book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_range("A2:A3", "甲公司")


def hidden_row(_book: Workbook, sheet: Worksheet) -> None:
    sheet.set_row(1, None, None, {"hidden": True})


def hidden_column(_book: Workbook, sheet: Worksheet) -> None:
    sheet.set_column("B:B", None, None, {"hidden": True})


def broken_formula(_book: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("B2", "=1/0", value="#DIV/0!")


def uncomputed_formula(_book: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("B2", "=1+1", value="")


def percent(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.write("B2", 0.12, workbook.add_format({"num_format": "0.0%"}))


def second_sheet(workbook: Workbook, _sheet: Worksheet) -> None:
    workbook.add_worksheet("另一张").write_row(0, 0, HEADER)


def beside_the_table(_book: Workbook, sheet: Worksheet) -> None:
    sheet.write("H2", "随手记")


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (merged, "A2:A3是合并单元格"),
        (hidden_row, "第2行：这一行是隐藏的"),
        (hidden_column, "“数值”列(B:B)：这一列是隐藏的"),
        (broken_formula, "(B2)：公式出错"),
        (uncomputed_formula, "(B2)：公式还没有计算结果"),
        (percent, "显示为12%"),
        (second_sheet, "“数据”、“另一张”"),
        (beside_the_table, "(H2)：这一格没有表头"),
    ],
)
def test_what_a_sheet_hides_is_refused_with_its_address(draw: Draw, told: str) -> None:
    found = messages(read_book(book(GOOD, draw=draw)))
    assert any(told in message for message in found), found


def test_a_percent_cell_is_understood_in_a_column_of_percent() -> None:
    columns = [COLUMNS[0], replace(COLUMNS[1], unit="%"), *COLUMNS[2:]]
    spoiled = book(GOOD, draw=percent)
    content = replaced(spoiled, "xl/sharedStrings.xml", "（亿元）".encode(), b"(%)")
    assert read(content, "数据.xlsx", columns).rows[0].values["amount"] == Decimal(12)


def test_days_counted_from_1904_are_not_guessed() -> None:
    content = replaced(
        book(with_cell("日期", 44260)),
        "xl/workbook.xml",
        b"<workbookPr ",
        b'<workbookPr date1904="1" ',
    )
    [message] = messages(read_book(content))
    assert "1904" in message


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("企业,数值(万元),日期", "表头写的单位是“万元”，本列单位是“亿元”"),
        ("企业,数值,日期,数值", "(D1)：这一列重复出现"),
        ("企业,日期", "缺少“数值（亿元）*”列"),
        ("企业,数值,日期,月分", "是不是“月份”"),
        ("企业,数值,日期,联系人", "不认识这一列"),
        ("甲,乙,丙", "找不到表头"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(header: str, told: str) -> None:
    found = messages(read_csv(header, "甲公司,1,2021-3-5,"))
    assert any(told in message for message in found), found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    table = read_csv("企业,数值,日期", "喆公司,1.5,2021-3-5", encoding=encoding)
    assert table.rows[0].values["enterprise"] == "喆公司"


def test_an_error_in_a_csv_names_row_and_column_and_no_sheet() -> None:
    [message] = messages(read_csv("企业,数值,日期", "甲公司,一亿,2021-3-5"))
    assert message.startswith("第2行“数值”列(B2)：")


def test_codes_in_number_cells_lose_nothing() -> None:
    assert read_book(book(with_cell("企业", 420112))).rows[0].values["enterprise"] == "420112"
    [message] = messages(read_book(book(with_cell("企业", 91420112345678901.0))))
    assert "超过15位" in message


def test_more_rows_than_the_limit_are_refused_before_they_are_read() -> None:
    [message] = messages(read(book(*[GOOD] * 4), "数据.xlsx", COLUMNS, limit=3))
    assert "超过3行" in message


def test_a_thousand_errors_are_counted_and_the_first_are_told() -> None:
    table = read_book(book(*[with_cell("数值", "x")] * 1000))
    assert (len(table.errors), table.more_errors) == (MAX_ERRORS, 1000 - MAX_ERRORS)
    assert table.errors[0].row == 2


def test_a_sheet_that_spans_millions_of_columns_and_rows_is_refused() -> None:
    def far(_book: Workbook, sheet: Worksheet) -> None:
        sheet.write("XFD1048576", "远")

    [message] = messages(read_book(book(GOOD, draw=far)))
    assert "占用的行列过多" in message


def test_the_untouched_example_of_a_template_is_not_data() -> None:
    [message] = messages(read_book(template("数据", COLUMNS)))
    assert "表中没有数据" in message


def test_an_edited_row_that_is_still_marked_as_example_is_questioned() -> None:
    content = replaced(
        template("数据", COLUMNS), "xl/sharedStrings.xml", "示例企业".encode(), "甲公司".encode()
    )
    [message] = messages(read_book(content))
    assert "标着“示例行，不导入”" in message
