import pytest

from shangheng.methods.documents.model import Column, FigureRun, Heading, Run, Table
from shangheng.methods.documents.tests.examples import CREATED, document, summary


@pytest.mark.parametrize("text", ["甲\n乙", "甲\t乙", "\x00", "\x85", "\ud800", "\ufffe"])
def test_characters_that_no_edition_can_hold_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不可打印的字符"):
        Run(text)


def test_a_figure_without_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="没有出处"):
        FigureRun("726.2", "")


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="第 2 行有 1 格，表头有 2 列"):
        Table((Column("甲"), Column("乙")), ((Run("1"), Run("2")), (Run("3"),)))


def test_a_heading_deeper_than_four_is_refused() -> None:
    with pytest.raises(ValueError, match="层次 5"):
        Heading(5, "过深")  # type: ignore[arg-type]  # the wrong level is the point of the test


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        type(document())(
            title="甲", issuer="乙", date=None, blocks=(), created_at=CREATED.replace(tzinfo=None)
        )


def test_figures_come_in_reading_order_with_those_of_the_annexes_last() -> None:
    assert [run.text for run in summary().figures()] == ["726.2", "2", "726.2亿元"]
