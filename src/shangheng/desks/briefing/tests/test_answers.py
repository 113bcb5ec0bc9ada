"""What each kind of binding prints, from facts to words."""

from decimal import Decimal

import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit
from shangheng.desks.briefing.domain.binding import parse_binding
from shangheng.desks.briefing.domain.pieces import Answer
from shangheng.desks.briefing.selectors.answering import answers
from shangheng.desks.briefing.selectors.asking import Ask
from shangheng.desks.briefing.tests.conftest import HOME, Post, on
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.targets import Base
from shangheng.engines.ledger.services.publishing import Statement, publish
from shangheng.engines.ledger.services.recognition import submit
from shangheng.engines.ledger.services.targets import open_sheet, propose, sign_sheet


def ask(source: str, period: str = "2021", known: str = "2022-01-10") -> Answer:
    asked = Ask(parse_binding(source), Period.parse(period), HOME)
    return answers([asked], known_at=on(known))[asked]


def text(source: str, period: str = "2021") -> str:
    return ask(source, period).text


@pytest.mark.usefixtures("retail")
def test_values_numbers_and_growth() -> None:
    assert text("retail.total") == "482.59亿元"
    assert text("retail.total|number") == "482.59"
    assert text("retail.total@2020") == "425.56亿元"
    assert text("retail.total@-1") == "425.56亿元"
    assert text("retail.total|growth") == "增长13.4%"
    assert text("retail.total|rate") == "13.4%"


@pytest.mark.usefixtures("retail")
def test_what_is_not_known_says_so_and_why() -> None:
    for source in (
        "trade.total",
        "retail.total@2020|growth",
        "retail.total|target:challenge",
        "retail.total|standing:challenge",
        "retail.total|by:sector",
        "retail.nothing",
        "retail.total|points",
        "retail.total|subjects",
        "trade.total|share:retail.total",
        "trade.total|status:pending",
        "retail.total|completion:challenge",
        "retail.total|basis:challenge",
    ):
        assert ask(source).text == "（缺数）", source
        assert ask(source).missing, source


def test_a_fall_is_told_as_a_fall(record: Post) -> None:
    record("trade.total", "200", "2020-12-31", "2021-01-20")
    record("trade.total", "190", "2021-12-31", "2022-01-08")
    assert text("trade.total|growth") == "下降5.0%"
    assert text("trade.total|rate") == "−5.0%"


def test_a_share_is_computed_from_both_figures(record: Post) -> None:
    record("foreign.utilised", "13.7", "2021-12-31", "2022-01-08")
    record("foreign.fdi", "2.6", "2021-12-31", "2022-01-08")
    answer = ask("foreign.fdi|share:foreign.utilised")
    assert answer.text == "19.0%"
    [shown] = answer.shown
    assert shown.backing.label == "2021年FDI占实际利用外资（市口径）比重"
    assert shown.backing.vouchers == 1


def test_trips_are_told_by_unit_the_largest_first(record: Post) -> None:
    park = org_unit("bsb", name="保税办")
    record("investment.trips", "12", "2021-06-30", "2021-07-08", unit=park)
    record("investment.trips", "24", "2021-06-30", "2021-07-08")
    answer = ask("investment.trips|by:unit")
    assert answer.text == "商务局24次、保税办12次"
    assert all(
        f"units={unit}" in shown.reference
        for shown, unit in zip(
            answer.shown,
            OrgUnit.objects.order_by("code").values_list("pk", flat=True).reverse(),
            strict=True,
        )
    )


def test_a_dimension_is_told_by_the_names_of_its_values(record: Post) -> None:
    for sector, value in (("industrial", "385.6"), ("other", "340.6")):
        record(
            "investment.capital_in_place",
            value,
            "2021-12-31",
            "2022-01-08",
            dimensions={"sector": sector},
        )
    assert text("investment.capital_in_place|status:pending") == "726.2亿元"
    assert ask("investment.capital_in_place|by:sector").missing == ""


def test_projects_are_named_with_their_amounts_and_what_waits(record: Post, writer: User) -> None:
    code = "investment.structural.services"
    posting = record(code, "1", "2021-09-23", "2021-10-08", subject="龙湖天街")
    record("investment.agreed_amount", "30", "2021-09-23", "2021-10-08", subject="龙湖天街")
    submit(actor=writer, at=on("2021-10-09"), postings=[posting.pk])
    assert text(f"{code}|subjects") == "龙湖天街（待认定）"
    answer = ask(f"{code}|subjects:investment.agreed_amount")
    assert answer.text == "龙湖天街（30亿元，待认定）"
    assert answer.shown[0].backing.vouchers == 1


def test_growth_points_are_told_as_they_were_published(writer: User) -> None:
    statements = [
        Statement(f"F{n}", "foreign.fdi", HOME, "2022", "target", value, "万美元", subject="康宁")
        for n, value in enumerate(("2000", "2500"))
    ]
    equipment = Statement(
        "F9", "foreign.fdi", HOME, "2022", "target", "约6000", "万美元", subject="设备"
    )
    publish(actor=writer, at=on("2022-01-08"), source="总结", statements=[*statements, equipment])
    assert text("foreign.fdi@+1|points") == "康宁2000万美元至2500万美元、设备约6000万美元"


class TestTargets:
    """The published targets of 2022 on trade, set on a base that has moved."""

    @pytest.fixture(autouse=True)
    def _sheet(self, record: Post, writer: User, director: User) -> None:
        record("trade.total", "217.08", "2021-12-31", "2022-01-08")
        sheet = open_sheet(actor=writer, at=on("2022-01-08"), year=2022, source="测试")
        for tier, value, growth in (("expected", "177", "8"), ("striving", "180", "10")):
            propose(
                actor=writer,
                at=on("2022-01-08"),
                sheet=sheet,
                indicator="trade.total",
                tier=tier,
                area=HOME,
                value=Decimal(value),
                growth=Decimal(growth),
                base=Base(Decimal("163.9"), "2021", None, "反推"),
            )
        sign_sheet(actor=director, at=on("2022-01-09"), sheet=sheet)

    def test_a_target_prints_as_it_was_set(self) -> None:
        assert text("trade.total@+1|target:expected") == "177亿元"

    def test_a_moved_base_is_told_with_its_arithmetic(self) -> None:
        answer = ask("trade.total@+1|basis:expected")
        assert answer.text == (
            "按基数163.9亿元增长8%设定，而台账现为217.08亿元，与之相比实为下降18.5%，"
            "按原增幅应为234.45亿元"
        )
        assert answer.moved

    def test_a_base_that_holds_is_told_shortly(self, record: Post) -> None:
        record("trade.total", "-53.18", "2021-11-30", "2022-01-09")
        answer = ask("trade.total@+1|basis:expected")
        assert answer.text == "按2021年基数163.9亿元增长8%设定"
        assert not answer.moved

    def test_completion_and_standing_compare_with_the_target(self, record: Post) -> None:
        record("trade.total", "88.5", "2022-05-31", "2022-06-08")
        asked = Ask(
            parse_binding("trade.total|standing:expected"), Period.parse("2022-01/2022-06"), HOME
        )
        answer = answers([asked], known_at=on("2022-07-10"))[asked]
        assert answer.text == "完成全年预期目标177亿元的50%，与序时进度持平"
