"""The ledger speaks the language of the reader, and documents stay Chinese."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line, LineError, LinesRefused, check_line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.targets import TargetRefused, settle
from shangheng.engines.ledger.domain.units import UnfitValue

CAPITAL = "investment.capital_in_place"


def test_names_follow_the_language_of_the_reader() -> None:
    indicator, unit = catalogue.indicator(CAPITAL), catalogue.units()["亿元"]
    period = Period.parse("2021-01/2021-10")

    def said() -> tuple[str, ...]:
        return indicator.name, unit.name, Status.REJECTED.word, period.name

    assert said() == ("招商引资实际到位资金", "亿元", "拒统", "2021年1-10月")
    with override("en"):
        assert said() == (
            "Investment capital in place",
            "×100m yuan",
            "Rejected",
            "2021-01 to 2021-10",
        )


def test_a_document_is_written_in_chinese_whoever_reads() -> None:
    with override("en"):
        assert Period.parse("2021").label == "2021年"
        assert catalogue.indicator(CAPITAL).zh == "招商引资实际到位资金"


def test_a_unit_stands_close_to_its_number_in_chinese_and_apart_in_english() -> None:
    assert "7" + catalogue.unit_after("家") == "7家"
    with override("en"):
        assert "7" + catalogue.unit_after("家") == "7\N{NO-BREAK SPACE}enterprises"
        assert "16.0" + catalogue.unit_after("%") == "16.0%"
        assert catalogue.unit_after("箱") == "箱"  # in no rule


def test_refusals_are_told_in_the_language_of_the_reader() -> None:
    line = Line(CAPITAL, 1, "420112", Decimal(1), "万元", date(2021, 12, 2), {"colour": "red"})
    with override("en"):
        problems = check_line(
            line,
            catalogue.indicator(CAPITAL),
            catalogue.units()["亿元"],
            today=date(2021, 12, 1),
            home_area="420112",
        )
        assert [message for _field, message in problems] == [
            "“Investment capital in place” is measured in ×100m yuan, not in “万元”",
            "The day of occurrence 2021-12-02 lies ahead; what has not happened cannot be posted",
            "This indicator has no dimension “colour”",
        ]
        assert str(LinesRefused([LineError(0, "", "wrong")])) == "row 1: wrong"


def test_the_arithmetic_of_a_refused_target_is_told_in_english() -> None:
    with override("en"), pytest.raises(TargetRefused, match="the value 180 yuan is -17"):
        settle(
            value=Decimal(180), growth=Decimal(10), base=Decimal("217.08"), decimals=2, unit=" yuan"
        )
    with override("en"), pytest.raises(UnfitValue, match="more than the 0 decimals"):
        catalogue.units()["家"].to_minor(Decimal("1.5"))
