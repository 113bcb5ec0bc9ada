import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.read import read
from shangheng.core.exchange.template import template
from shangheng.core.exchange.tests.workbooks import COLUMNS

WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)
ROWS = st.fixed_dictionaries(
    {
        "enterprise": WORDS,
        "amount": st.decimals(-(10**9), 10**9, places=10, allow_nan=False),
        "projects": st.none() | st.integers(-(10**14), 10**14),
        "day": st.dates(date(1950, 1, 1), date(2100, 1, 1)),
        "month": st.none()
        | st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=1)),
        "sector": st.none() | st.sampled_from(["industrial", "services"]),
    }
)


@settings(max_examples=150)
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_what_is_written_into_a_template_is_read_back_unchanged(
    rows: list[dict[str, Value]],
) -> None:
    table = read(template("数据", COLUMNS, rows), "数据.xlsx", COLUMNS)
    assert [str(error) for error in table.errors] == []
    assert [row.values for row in table.rows] == rows


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_header_tells_units_and_what_is_required_and_stays_in_sight() -> None:
    sheet = opened(template("数据", COLUMNS))["数据"]
    assert [cell.value for cell in sheet[1]][:2] == ["企业*", "数值（亿元）*"]
    assert sheet.freeze_panes == "A2"


def test_a_choice_has_a_drop_down() -> None:
    sheet = opened(template("数据", COLUMNS))["数据"]
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in lists] == ['"工业,服务业"']


def test_a_long_drop_down_stands_on_a_hidden_sheet_and_is_still_read() -> None:
    choices = {f"街道办事处第{number}号": str(number) for number in range(100)}
    columns = [Column("office", "单位", Kind.CHOICE, required=True, choices=choices)]
    content = template("数据", columns, [{"office": "42"}])
    assert opened(content)["选项"].sheet_state == "hidden"
    assert read(content, "数据.xlsx", columns).rows[0].values == {"office": "42"}


def test_the_example_is_marked_and_explained() -> None:
    book = opened(template("数据", COLUMNS))
    assert book["数据"].cell(2, len(COLUMNS) + 1).value == "示例行，不导入"
    notes = [[cell.value for cell in row] for row in book["填表说明"].iter_rows()]
    assert notes[2][:4] == ["数值", "是", "数值，最多10位小数", "亿元"]


def test_a_number_of_more_digits_than_excel_keeps_is_written_as_text() -> None:
    value = Decimal("1234567890.0123456789")
    row: dict[str, Value] = {"enterprise": "甲", "amount": value, "day": date(2021, 1, 1)}
    sheet = opened(template("数据", COLUMNS, [row]))["数据"]
    assert sheet["B2"].value == "1234567890.0123456789"


def test_a_title_that_excel_refuses_is_made_acceptable() -> None:
    assert (
        opened(template("进出口/外贸[2021]:明细" * 4, COLUMNS))
        .sheetnames[0]
        .startswith("进出口外贸2021明细")
    )


def test_a_title_that_collides_with_a_sheet_of_the_template_is_refused() -> None:
    with pytest.raises(ValueError, match="填表说明"):
        template("填表说明", COLUMNS)
