import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.models import Entry
from shangheng.engines.ledger.selectors.conflicts import Conflict, conflicts
from shangheng.engines.ledger.selectors.identities import IdentityCheck, check
from shangheng.engines.ledger.services.posting import post, reverse
from shangheng.engines.ledger.tests.conftest import HOME, Record, line, on

CAPITAL = "investment.capital_in_place"


def of(identity: str, year: int = 2021, area: str = HOME) -> IdentityCheck:
    found = check(area, Period.year(year), known_at=on("2021-12-31"))
    return next(one for one in found if one.identity.id == identity)


def shown(identity: str) -> list[Conflict]:
    found = conflicts(HOME, 2021, known_at=on("2021-12-31"))
    return [one for one in found if one.kind == "identity" and f":{identity}:" in one.key]


def test_more_direct_investment_than_all_foreign_capital_is_refused_with_the_arithmetic(
    record: Record, clerk: User, bureau: OrgUnit
) -> None:
    record("foreign.utilised", "13.7", "2021-06-30", "2021-07-01")
    before = Entry.objects.count()
    lines = [
        line("retail.total", "1", "2021-06-30", bureau),
        line("foreign.fdi", "14", "2021-06-30", bureau),
    ]
    with pytest.raises(LinesRefused, match=r"14\S* > .*13\.7") as refusal:
        post(actor=clerk, at=on("2021-07-02"), lines=lines, source="测试")
    assert [(e.index, e.field) for e in refusal.value.errors] == [(1, "value")]
    assert Entry.objects.count() == before, "nothing of the entry is left"
    assert of("fdi_within_utilised").holds is None, "without a part nothing can be said"


def test_what_fits_is_posted_in_any_order(record: Record) -> None:
    record("foreign.fdi", "2.6", "2021-06-30", "2021-07-01")
    assert of("fdi_within_utilised").holds is None
    record("foreign.utilised", "13.7", "2021-06-30", "2021-07-01")
    assert of("fdi_within_utilised").holds is True
    assert "≤" in of("fdi_within_utilised").arithmetic


def test_each_year_and_each_area_is_held_by_itself(record: Record) -> None:
    record("foreign.utilised", "5", "2021-06-30", "2021-07-01")
    record("foreign.fdi", "9", "2020-06-30", "2021-07-01")
    record("foreign.fdi", "9", "2021-06-30", "2021-07-01", area="420100")
    assert of("fdi_within_utilised", 2020).holds is None
    assert of("fdi_within_utilised", area="420100").holds is None


def test_what_is_pending_counts_in_an_identity(
    record: Record, clerk: User, bureau: OrgUnit
) -> None:
    record(CAPITAL, "10", "2021-01-20", "2021-02-10")
    more = [line("investment.industrial_capital", "11", "2021-01-20", bureau)]
    with pytest.raises(LinesRefused, match="11"):
        post(actor=clerk, at=on("2021-02-11"), lines=more, source="测试")


def test_a_broken_relation_that_only_warns_is_posted_and_shown(record: Record) -> None:
    record("investment.projects_tracked", "67", "2021-12-01", "2021-12-10")
    record("investment.projects_signed", "74", "2021-12-01", "2021-12-10")
    [conflict] = shown("tracked_equals_signed")
    assert "67" in conflict.message
    assert "74" in conflict.message
    assert "≠" in conflict.message
    assert [figure.value for figure in conflict.figures] == [67, 74]


def test_parts_that_do_not_sum_to_the_total_are_shown_until_they_do(
    record: Record, clerk: User
) -> None:
    for sector in ("industrial", "other"):
        record(CAPITAL, "5", "2021-01-20", "2021-02-10", dimensions={"sector": sector})
    assert not shown("sectors_sum_to_total")
    loose = record(CAPITAL, "1", "2021-01-20", "2021-02-10")
    [conflict] = shown("sectors_sum_to_total")
    assert "11" in conflict.message
    reverse(actor=clerk, at=on("2021-02-12"), postings=[loose.pk], reason="未分行业")
    assert not shown("sectors_sum_to_total")
