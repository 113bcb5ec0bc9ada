from decimal import Decimal

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.notices.selectors import inbox
from shangheng.desks.targets.services.sheets import sign
from shangheng.desks.targets.services.watching import tell_moved_bases
from shangheng.desks.targets.tests.desk import line
from shangheng.desks.targets.tests.sheets import (
    OCTOBER,
    TRADE,
    draft,
    noon,
    post_trade,
    set_trade,
    wanted,
)
from shangheng.engines.ledger.services import posting as ledger


def more(actor: User, unit: OrgUnit, value: str, known: str) -> None:
    """Post trade of December 2021 that became known later."""
    lines = [line(TRADE, value, "2021-12-31", unit)]
    ledger.post(actor=actor, at=noon(known), lines=lines, source="海关更正")


def test_a_base_that_moves_after_the_signature_is_told_once_with_its_arithmetic(
    clerk: User, bureau: OrgUnit
) -> None:
    post_trade(clerk, bureau)
    director = person("director", unit=bureau)
    sheet = draft(clerk)
    set_trade(clerk, sheet, expected=wanted(growth="8"))
    assert tell_moved_bases(at=noon("2022-02-01")) == 0, "nothing is told of a draft"
    sign(actor=director, at=noon("2022-02-01"), sheet=sheet)
    assert tell_moved_bases(at=noon("2022-02-02")) == 0
    more(clerk, bureau, "3", "2022-03-01")
    for _run in range(3):
        assert tell_moved_bases(at=noon("2030-01-01")) == 1
    for receiver in (clerk, director):
        [notice] = inbox(receiver).filter(event__kind="target.base_moved")
        assert "217.08 → 220.08亿元" in notice.event.body
        assert notice.event.url.endswith(f"/targets/sheets/{sheet.pk}/#{TRADE}")
    more(clerk, bureau, "1", "2022-04-01")
    tell_moved_bases(at=noon("2030-01-02"))
    assert inbox(clerk).filter(event__kind="target.base_moved").count() == 2


def test_a_base_that_had_moved_and_was_accepted_is_not_told(clerk: User, bureau: OrgUnit) -> None:
    post_trade(clerk, bureau)
    sheet = draft(clerk)
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"))
    director = person("director", unit=bureau)
    sign(actor=director, at=noon("2022-02-01"), sheet=sheet, reasons={TRADE: "按公布数执行"})
    assert tell_moved_bases(at=noon("2022-02-02")) == 0
    assert not inbox(clerk).filter(event__kind="target.base_moved")
    assert sheet.targets.get().growth == Decimal(8)
