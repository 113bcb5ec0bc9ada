"""The figure tag: the only way a number of the ledger is drawn."""

from collections.abc import Mapping
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.ui.figures import MARKS, number_text, padding_text
from shangheng.core.ui.samples import SampleFigure

pytestmark = pytest.mark.urls("shangheng.core.ui.tests.urls")


class Reader(HTMLParser):
    """Reads the links and the visible text of a piece of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] = {}
        self.seen: list[str] = []
        self.shapes = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shapes += tag == "svg"
        if not self.attributes:
            self.attributes = dict(attrs)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def drawn(
    figure: SampleFigure, options: str = "", values: Mapping[str, object] | None = None
) -> str:
    template = Template("{% figure fig " + options + " %}")
    with translation.override("zh-hans"):
        return template.render(Context({"fig": figure, **(values or {})}))


def visible(figure: SampleFigure, options: str = "") -> str:
    return "".join(Reader(drawn(figure, options)).seen)


def test_a_figure_shows_value_and_unit_and_leads_to_its_provenance() -> None:
    figure = SampleFigure(Decimal("726.2"), reference="investment/2021@now", marks=["recognised"])
    read = Reader(drawn(figure))
    assert "".join(read.seen) == "726.2亿元"
    assert read.attributes["href"] == "/figures/investment/2021@now"
    assert read.attributes["aria-label"] == "726.2亿元，已认定，查看来源"
    assert "data-drawer" in read.attributes


def test_zero_is_a_number_and_missing_is_a_word() -> None:
    assert visible(SampleFigure(Decimal(0), "家", marks=[])) == "0家"
    assert visible(SampleFigure(None, "家", marks=["missing"])) == "—缺数"
    assert 'aria-label="缺数，查看来源"' in drawn(SampleFigure(None, marks=["missing"]))


def test_a_negative_number_has_a_real_minus_sign() -> None:
    assert visible(SampleFigure(Decimal("-12.06"), "%", marks=[])) == "−12.06%"


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert number_text(Decimal("-0.004"), 2) == "0.00"


def test_big_numbers_keep_every_digit() -> None:
    assert number_text(Decimal("1022860000000000000000000000000.5")) == (
        "1,022,860,000,000,000,000,000,000,000,000.5"
    )
    assert number_text(Decimal("1E+3")) == "1,000"


def test_printed_places_round_half_up_as_offices_do() -> None:
    assert number_text(Decimal("0.125"), 2) == "0.13"
    assert number_text(Decimal("53.0983"), 1) == "53.1"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_an_unrounded_number_can_be_read_back(value: Decimal) -> None:
    text = number_text(value).replace(",", "").replace("−", "-")
    assert Decimal(text) == value


def test_the_figure_names_its_own_places_unless_the_page_does() -> None:
    figure = SampleFigure(Decimal("455.2"), decimals=2, marks=[])
    assert visible(figure) == "455.20亿元"
    assert visible(figure, "decimals=0") == "455亿元"


def test_every_mark_has_a_word_and_a_shape() -> None:
    for name, mark in MARKS.items():
        text = drawn(SampleFigure(Decimal(1), marks=[name]))
        if name == "missing":
            continue
        assert str(mark.word) in text
        assert Reader(text).shapes == (1 if mark.path else 0)


def test_an_unknown_mark_is_an_error_and_not_left_out() -> None:
    with pytest.raises(KeyError):
        drawn(SampleFigure(Decimal(1), marks=["approved"]))


def test_the_unit_can_stand_in_the_head_of_the_table_alone() -> None:
    assert visible(SampleFigure(Decimal(5), marks=[]), "unit=False") == "5"


def test_decimal_points_are_brought_under_each_other() -> None:
    assert padding_text("127", 2) == ".00"
    assert padding_text("180.9", 2) == "0"
    assert padding_text("402.00", 2) == ""
    assert 'aria-hidden="true">.00<' in drawn(SampleFigure(Decimal(127)), "align=2")


def test_a_figure_without_reference_is_no_link() -> None:
    text = drawn(SampleFigure(Decimal(5), reference="", marks=[]))
    assert "href" not in text
    assert 'aria-label="5亿元"' in text


def test_what_others_wrote_cannot_become_markup() -> None:
    text = drawn(SampleFigure(Decimal(5), unit="<b>", reference='"><script>', marks=[]))
    assert "<b>" not in text
    assert "<script>" not in text
