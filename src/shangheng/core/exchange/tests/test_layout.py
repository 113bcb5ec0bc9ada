"""Rows of totals, and tables that stand where a person has said."""

from datetime import date
from decimal import Decimal

import pytest

from shangheng.core.exchange.layout import Layout
from shangheng.core.exchange.read import Table, read
from shangheng.core.exchange.tests.workbooks import COLUMNS, GOOD, book

OWN = "单位,金额（亿元）,什么时候,备注\n甲公司,1.5,2021-03-05,无\n乙公司,2,2021-03-06,无\n".encode()
OWN_LAYOUT = Layout("", 1, {1: "enterprise", 2: "amount", 3: "day"})


def messages(table: Table) -> list[str]:
    return [str(error) for error in table.errors]


def test_a_row_of_totals_that_adds_up_is_left_out_and_told() -> None:
    table = read(book(GOOD, GOOD, ["合计", 3, 2, "", "", ""]), "表.xlsx", COLUMNS)
    assert messages(table) == []
    assert (len(table.numbers), table.totals) == (2, (4,))


def test_a_row_of_totals_that_does_not_add_up_is_refused_at_its_cell() -> None:
    table = read(book(GOOD, GOOD, ["合 计", 3.5, 2, "", "", ""]), "表.xlsx", COLUMNS)
    (message,) = messages(table)
    assert "(B4)" in message
    assert "3.5" in message
    assert "各行之和是3" in message


def test_totals_amid_the_data_are_refused_at_their_cell() -> None:
    table = read(book(GOOD, ["小计", 1.5, 1, "", "", ""], GOOD), "表.xlsx", COLUMNS)
    (message,) = messages(table)
    assert "(A3)" in message
    assert "小计" in message


def test_columns_are_taken_where_a_person_has_said_and_others_left_out() -> None:
    table = read(OWN, "表.csv", COLUMNS, layout=OWN_LAYOUT)
    assert messages(table) == []
    assert table.rows[1].values == {
        "enterprise": "乙公司",
        "amount": Decimal(2),
        "day": date(2021, 3, 6),
    }


def test_a_value_may_stand_for_every_row() -> None:
    layout = Layout("", 1, {1: "enterprise", 2: "amount"}, {"day": "2021-03-05", "sector": "工业"})
    table = read(OWN, "表.csv", COLUMNS, layout=layout)
    assert messages(table) == []
    assert table.columns["day"] == [date(2021, 3, 5)] * 2
    assert table.columns["sector"] == ["industrial"] * 2


@pytest.mark.parametrize("unit", ["万元", "元", "亿美元"])
def test_a_chosen_column_in_another_unit_is_still_refused(unit: str) -> None:
    content = OWN.replace("亿元".encode(), unit.encode())
    table = read(content, "表.csv", COLUMNS, layout=OWN_LAYOUT)
    (message,) = messages(table)
    assert unit in message


def test_words_in_brackets_that_are_no_unit_do_no_harm() -> None:
    content = OWN.replace("亿元".encode(), "含税".encode())
    assert read(content, "表.csv", COLUMNS, layout=OWN_LAYOUT).ok


def test_a_sheet_that_is_not_there_is_refused() -> None:
    table = read(OWN, "表.csv", COLUMNS, layout=Layout("别处", 1, {}))
    assert "别处" in messages(table)[0]
