from datetime import date

import pytest

from shangheng.methods.documents.model import Heading
from shangheng.methods.documents.numbering import (
    annex_label,
    chinese_number,
    numbers,
    written_date,
)
from shangheng.methods.documents.tests.examples import paragraph


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_chinese_numbers_are_written_as_spoken(number: int, written: str) -> None:
    assert chinese_number(number) == written


@pytest.mark.parametrize("number", [0, 100])
def test_chinese_numbers_outside_1_to_99_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 至 99"):
        chinese_number(number)


def test_each_level_has_its_own_numbers_and_starts_anew_under_a_higher_one() -> None:
    blocks = (
        Heading(1, "甲"),
        Heading(2, "甲一"),
        Heading(3, "甲一1"),
        paragraph("正文"),
        Heading(3, "甲一2"),
        Heading(4, "甲一2（1）"),
        Heading(2, "甲二"),
        Heading(3, "甲二1"),
        Heading(1, "乙"),
        Heading(2, "乙一"),
    )
    expected = ("一、", "（一）", "1.", "", "2.", "（1）", "（二）", "1.", "二、", "（一）")
    assert numbers(blocks) == expected


def test_dates_have_no_zeros_in_front() -> None:
    assert written_date(date(2022, 1, 5)) == "2022年1月5日"


def test_a_single_annex_has_no_number() -> None:
    assert (annex_label(1, 1), annex_label(2, 2)) == ("附件", "附件2")
