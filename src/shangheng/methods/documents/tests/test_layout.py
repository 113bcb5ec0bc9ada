from datetime import date

import pytest

from shangheng.methods.documents import layout


def test_the_type_area_holds_22_lines_and_28_characters_and_no_more() -> None:
    width, height = (size * 72 / 25.4 for size in layout.TYPE_AREA_MM)
    assert layout.CHARACTERS * layout.CHARACTER_PT <= width < 29 * layout.CHARACTER_PT
    assert layout.LINES * layout.PITCH_PT <= height < 23 * layout.PITCH_PT


def test_margins_and_type_area_fill_the_page() -> None:
    assert (layout.RIGHT_MM, layout.BOTTOM_MM) == (26, 35)


@pytest.mark.parametrize(
    ("issuer", "issuer_right", "date_right"),
    [("武汉市东西湖区商务局办公室", 2, 6), ("区商务局", 7, 2)],
)
def test_the_date_begins_two_characters_after_the_issuer(
    issuer: str, issuer_right: float, date_right: float
) -> None:
    placed = layout.signature(issuer, date(2021, 12, 31))  # seven characters wide
    assert (placed.issuer_right, placed.date_right) == (issuer_right, date_right)
    assert issuer_right + len(issuer) - (date_right + 7) == 2
