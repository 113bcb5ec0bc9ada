"""Published figures, targets, vouchers: what cannot all be right is shown and never repaired."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.evidence import services as evidence
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.domain.period import BadPeriod
from shangheng.engines.ledger.models import PublishedFigure
from shangheng.engines.ledger.selectors.conflicts import Conflict, conflicts
from shangheng.engines.ledger.services.posting import post, reverse
from shangheng.engines.ledger.services.publishing import NotAFigure, Statement, publish
from shangheng.engines.ledger.tests.conftest import HOME, Record, line, on

RETAIL = "retail.total"
CAPITAL = "investment.capital_in_place"
SIGNED = "investment.projects_signed"
Publish = Callable[..., list[PublishedFigure]]


@pytest.fixture
def stated(clerk: User) -> Publish:
    """Keep one number of a document."""

    def stated(
        text: str, indicator: str = RETAIL, measure: str = "value", **more: str
    ) -> list[PublishedFigure]:
        unit = more.pop("unit", "亿元")
        label, source = more.pop("label", "F1"), more.pop("source", "总结")
        period = more.pop("period", "2021")
        one = Statement(label, indicator, HOME, period, measure, text, unit, **more)
        return publish(actor=clerk, at=on("2021-12-30"), source=source, statements=[one])

    return stated


def found(kind: str, known: str = "2021-12-31") -> list[Conflict]:
    return [one for one in conflicts(HOME, 2021, known_at=on(known)) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("82.35", True),
        ("82.3", False),
        ("82.4", True),
        ("82", True),
        ("83", False),
        ("逾80", True),
        ("逾82.4", False),
        ("80余", True),
        ("90余", False),
        ("近83", True),
        ("近82", False),
        ("约80", True),
        ("约90", False),
    ],
)
def test_a_published_number_agrees_or_conflicts_with_the_ledger(
    record: Record, stated: Publish, text: str, agrees: bool
) -> None:
    record(RETAIL, "82.351", "2021-06-30", "2021-07-01")
    stated(text)
    assert (not found("published")) is agrees


@pytest.mark.parametrize(("text", "agrees"), [("82.3", True), ("82.2", True), ("82.4", False)])
def test_an_exact_half_may_be_printed_half_up_or_half_to_even(
    record: Record, stated: Publish, text: str, agrees: bool
) -> None:
    record(RETAIL, "82.25", "2021-06-30", "2021-07-01")
    stated(text)
    assert (not found("published")) is agrees


def test_a_number_that_holds_only_with_what_is_pending_is_told_so(
    record: Record, stated: Publish
) -> None:
    record(CAPITAL, "726.2", "2021-06-30", "2021-07-01")
    stated("726.2", CAPITAL)
    [conflict] = found("published")
    assert "待认定" in conflict.message
    assert "726.2" in conflict.message
    assert len(conflict.figures) == 2


def test_what_the_ledger_does_not_know_is_no_conflict(stated: Publish) -> None:
    stated("726.2", CAPITAL)
    assert not found("published")


def test_a_published_growth_is_held_against_the_growth(record: Record, stated: Publish) -> None:
    record(RETAIL, "100", "2020-12-31", "2021-01-10")
    record(RETAIL, "108", "2021-11-30", "2021-12-10")
    record(RETAIL, "2", "2021-12-31", "2022-01-10")
    stated("8", RETAIL, "growth", period="2021", unit="%")
    assert "10" in found("published", "2022-02-01")[0].message


def test_a_conflict_names_its_place_and_comes_and_goes_with_what_is_known(
    record: Record, clerk: User, stated: Publish
) -> None:
    wrong = record(RETAIL, "90", "2021-06-30", "2021-07-01")
    stated("82.4", place="一（三）")
    [conflict] = found("published")
    assert conflict.key == "published:F1"
    assert conflict.indicators == (RETAIL,)
    assert any("一（三）" in source for source in conflict.sources)
    assert not found("published", "2021-12-29"), "the document was not known yet"
    reverse(actor=clerk, at=on("2022-01-05"), postings=[wrong.pk], reason="填错")
    record(RETAIL, "82.4", "2021-06-30", "2022-01-05")
    assert not found("published", "2022-01-06")
    assert found("published")


def test_two_places_that_state_one_fact_differently_are_a_conflict_of_sources(
    stated: Publish,
) -> None:
    code = "investment.projects_signed"
    stated("74", code, label="F1", source="总结一", unit="个")
    stated("74", code, label="F2", source="总结二", unit="个")
    assert not found("sources")
    stated("67", code, label="F3", source="总结三", unit="个")
    [conflict] = found("sources")
    assert "74" in conflict.message
    assert "67" in conflict.message
    assert len(conflict.sources) == 3


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": "很多"}, NotAFigure),
        ({"text": "1", "measure": "mood"}, NotAFigure),
        ({"text": "1", "period": "去年"}, BadPeriod),
        ({"text": "1", "indicator": "no.such"}, UnknownIndicator),
    ],
)
def test_what_is_no_figure_is_not_kept(
    stated: Publish, fields: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        stated(**fields)
    assert not PublishedFigure.objects.exists()


def test_one_voucher_for_two_entries_is_shown_however_often_it_was_uploaded(
    clerk: User, bureau: OrgUnit, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.EVIDENCE_DIR = tmp_path_factory.mktemp("evidence")
    now, content = on("2021-07-01"), "户名,金额\na,1\n".encode()
    first, second = (
        evidence.store(actor=clerk, at=now, name=name, content=content)
        for name in ("回单.csv", "回单（复印）.csv")
    )

    def use(*documents: int, lines: int = 1, indicator: str = RETAIL, subject: str = "") -> int:
        fact = line(indicator, "1", "2021-01-31", bureau, documents=documents, subject=subject)
        facts = [fact] * lines
        entry = post(actor=clerk, at=now, lines=facts, source="测试")
        return entry.postings.order_by("pk").values_list("pk", flat=True)[0]

    use(first.pk, lines=3)
    assert not found("voucher"), "several lines of one entry are one use"
    use(first.pk, indicator=CAPITAL)
    assert not found("voucher"), "one file may bear out facts of two kinds"
    use(first.pk, indicator=SIGNED, subject="一期")
    use(second.pk, indicator=SIGNED, subject="一期")
    assert not found("voucher"), "a project that is posted twice is counted once"
    again = use(second.pk)
    [conflict] = found("voucher")
    assert set(conflict.documents) == {first, second}
    reverse(actor=clerk, at=now, postings=[again], reason="重复入账")
    assert not found("voucher")
    use(first.pk, indicator=SIGNED, subject="二期")
    [conflict] = found("voucher")
    assert conflict.indicators == (SIGNED,), "of two projects on one agreement one may be made up"
