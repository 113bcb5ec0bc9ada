"""Numbers and days as people write them into Excel: understood, or refused at their address."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shangheng.core.exchange import cells
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.formats import meaning_of
from shangheng.core.exchange.marked import marked_copy
from shangheng.core.exchange.numbers import BadCell, number_in_text
from shangheng.core.exchange.tests.excel import (
    cell,
    made,
    part_of,
    refusal,
    taken,
    value_of,
)
from shangheng.core.exchange.tests.workbooks import (
    HEADER,
    messages,
)

# Numbers


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("１２．５", "12.5"),
        ("－１２．５", "-12.5"),
        ("＋３", "3"),
        ("1，234.5", "1234.5"),
        ("(1,234.5)", "-1234.5"),
        ("（3）", "-3"),
        ("'12.5", "12.5"),
        ("\u00a012.5\u3000", "12.5"),
        ("12.5\n", "12.5"),
        ("\ufeff12.5\u200b", "12.5"),
        ("12.5 亿元", "12.5"),
        (1.2e3, "1200"),
        (-0.0, "0"),
    ],
)
def test_a_number_in_text_is_understood(written: object, expected: str) -> None:
    assert value_of("B2", written) == Decimal(expected)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1 234.5", "不是数值"),
        ("(-3)", "不是数值"),
        ("1.2e3", "科学记数法"),
        ("1亿2000万", "不是数值"),
        ("三亿", "不是数值"),
        ("12\n13", "不是数值"),
        ("2万元", "请写成0.0002"),
        ("1.2万亿元", "请写成12000"),
        ("12％", "不符"),
        ("#N/A", "公式出错"),
        (time(14, 30), "日期或逻辑值"),
        (timedelta(hours=30), "日期或逻辑值"),
        (datetime(2021, 3, 5, 1, 2), "日期或逻辑值"),  # noqa: DTZ001 - Excel knows no zone
    ],
)
def test_what_is_no_certain_number_is_refused(written: object, told: str) -> None:
    assert told in refusal("B2", written)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("General", ""),
        ("#,##0.00_);(#,##0.00)", ""),
        ('_ "¥"* #,##0.00_ ', ""),
        ("0.0%", "%"),
        ("#,##0,", ","),
        ('0\\.0,"万"', ","),
        ("0!.0000", ","),
        ('0.00"万元"', "万元"),
        ("[$$-409]#,##0", "$"),
        ('"第"0"号"', ""),
        ("yyyy-mm-dd", ""),
    ],
)
def test_what_a_format_says_besides_digits(code: str, meaning: str) -> None:
    assert meaning_of(code) == meaning


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("0.0%", "显示为1200%"),
        ('0\\.0,"万"', "缩小显示，实际存的是12"),
        ('0.00"万元"', "请写成0.0012"),
        ("[$$-409]#,##0.00", "外币格式"),
    ],
)
def test_a_cell_that_shows_another_number_than_it_holds_is_refused(code: str, told: str) -> None:
    assert told in refusal("B2", 12, code)


def test_a_format_that_shows_the_unit_of_the_column_is_understood() -> None:
    assert value_of("B2", 12.5, '0.0"亿元"') == Decimal("12.5")
    assert value_of("B2", 0.125, "0.0%", amount="%") == Decimal("12.5")
    assert value_of("B2", "12.5％", amount="%") == Decimal("12.5")
    assert value_of("B2", -12.5, "#,##0.00_);(#,##0.00)") == Decimal("-12.5")


def test_the_marked_copy_shows_a_number_as_it_was_shown() -> None:
    content = made(draw=cell("B2", 12345, '0\\.0,"万"'))
    table = taken(content)
    assert messages(taken(marked_copy(content, table.errors))) == messages(table)


# Units in the header and above it


@pytest.mark.parametrize("title", ["数值（万元）", "数值【万元】", "数值（单位：万元）"])
def test_another_unit_in_the_title_is_refused(title: str) -> None:
    head = [HEADER[0], title, *HEADER[2:]]
    [message] = messages(taken(made(head=head)))
    assert "(B1)" in message
    assert "表头写的单位是“万元”，本列单位是“亿元”" in message


@pytest.mark.parametrize("title", ["数\n值（亿元）", "数　值 （单位：亿元）", "数值【亿元】*"])
def test_a_title_that_is_spaced_out_or_broken_is_understood(title: str) -> None:
    assert taken(made(head=[HEADER[0], title, *HEADER[2:]])).ok


def above(note: str, title: str = "数值") -> bytes:
    def draw(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["E1"] = note

    return made(draw=draw, head=[HEADER[0], title, *HEADER[2:]])


@pytest.mark.parametrize(
    "note", ["单位：万元", "（单位:万元、个）", "金额单位：万美元", "单位： 元"]
)
def test_another_unit_above_the_table_is_refused(note: str) -> None:
    [message] = messages(taken(above(note)))
    assert "(E1)" in message
    assert "“数值”列的单位是“亿元”" in message


@pytest.mark.parametrize("note", ["单位：亿元", "单位：亿元、个", "责任单位：元隆公司", "单位：个"])
def test_a_note_that_contradicts_no_column_does_no_harm(note: str) -> None:
    assert taken(above(note)).ok


def test_a_unit_in_the_title_outweighs_a_note_above() -> None:
    assert taken(above("单位：万元", "数值（亿元）")).ok


# Days


@pytest.mark.parametrize(
    "written",
    [
        "2021年3月5日",
        "2021 年 3 月 5 日",
        "2021年03月05号",
        "2021.3.5",
        "2021．3．5",
        "2021/3/5",
        "2021/3/5 0:00",
        "2021-03-05T00:00:00",
        "２０２１年３月５日",
        "二〇二一年三月五日",
        "二○二一年三月五日",
        "'20210305",
        "\u00a02021-3-5\n",
        20210305,
        date(2021, 3, 5),
    ],
)
def test_a_day_in_text_is_understood(written: object) -> None:
    assert value_of("D2", written) == date(2021, 3, 5)


def test_chinese_numerals_up_to_the_thirty_first_are_read() -> None:
    assert value_of("D2", "二〇二一年十二月三十一日") == date(2021, 12, 31)
    assert value_of("D2", "二〇二一年十月廿五日") == date(2021, 10, 25)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("三月", "没有写年份"),
        ("3月5日", "没有写年份"),
        ("2021-03", "不是日期"),
        ("21.3.5", "不是日期"),
        ("3/5/2021", "不是日期"),
        ("2021年3月上旬", "不是日期"),
        ("二〇二一年二月三十日", "不存在"),
        (time(14, 30), "不是日期"),
        (datetime(2021, 3, 5, 14, 30), "带有时刻"),  # noqa: DTZ001 - Excel knows no zone
        (2021.3, "带有时刻"),
    ],
)
def test_what_is_no_certain_day_is_refused(written: object, told: str) -> None:
    assert told in refusal("D2", written)


def test_a_year_typed_into_a_date_cell_is_not_a_day_of_1905() -> None:
    assert "1905-07-13" in refusal("D2", 2021, "yyyy-mm-dd")


@pytest.mark.parametrize(
    "written", ["2021年3月", "2021年3月份", "2021.3", "二〇二一年三月", 2021.03]
)
def test_a_month_in_text_is_understood(written: object) -> None:
    assert value_of("E2", written) == date(2021, 3, 1)


@pytest.mark.parametrize(("written", "told"), [("三月", "没有写年份"), ("2021.1", "1月还是10月")])
def test_what_is_no_certain_month_is_refused(written: object, told: str) -> None:
    assert told in refusal("E2", written)


def test_date_cells_of_a_workbook_that_counts_from_1904_are_the_days_they_show() -> None:
    def draw(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet["D2"], sheet["E2"] = date(2021, 3, 5), date(2021, 10, 1)

    content = made(draw=draw)
    assert b"date1904" in part_of(content, "xl/workbook.xml")
    values = taken(content).rows[0].values
    assert (values["day"], values["month"]) == (date(2021, 3, 5), date(2021, 10, 1))


def test_a_unit_where_none_belongs_is_sent_to_its_own_column() -> None:
    with pytest.raises(BadCell, match="单位另有一列"):
        number_in_text("１２．５亿元", Column("value", "数值", Kind.DECIMAL))


def test_of_many_choices_the_first_are_told_and_how_many_there_are() -> None:
    many = {f"单位{n}": str(n) for n in range(17)}
    with pytest.raises(BadCell, match="单位11等17种"):
        cells.value_of("x", Column("unit", "单位", Kind.CHOICE, choices=many))
