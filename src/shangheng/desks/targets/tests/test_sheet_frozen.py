import pytest
from django.db import DatabaseError, connection, transaction

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.desks.targets.domain.sheets import SheetRefused
from shangheng.desks.targets.models import AcceptedBase, GrowthPoint
from shangheng.desks.targets.services.sheets import remove_growth_point, sign
from shangheng.desks.targets.tests.sheets import (
    LATER,
    OCTOBER,
    TRADE,
    add_point,
    draft,
    noon,
    post_trade,
    set_trade,
    wanted,
)
from shangheng.engines.ledger.models import TargetSheet


@pytest.fixture
def signed(clerk: User, bureau: OrgUnit) -> TargetSheet:
    post_trade(clerk, bureau)
    sheet = draft(clerk)
    set_trade(clerk, sheet, base=OCTOBER, expected=wanted(growth="8"))
    add_point(clerk, sheet)
    director = person("director", unit=bureau)
    return sign(actor=director, at=noon(LATER), sheet=sheet, reasons={TRADE: "按公布数执行"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE targets_growthpoint SET probability = 100",
        "DELETE FROM targets_growthpoint",
        "UPDATE targets_acceptedbase SET reason = ''",
        "DELETE FROM targets_acceptedbase",
        "UPDATE ledger_target SET amount = 1",
        "DELETE FROM ledger_target",
        "UPDATE ledger_targetsheet SET state = 'draft'",
    ],
)
def test_the_database_refuses_to_change_what_is_signed(signed: TargetSheet, statement: str) -> None:
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        connection.cursor().execute(statement)


def test_nothing_is_added_to_a_signed_sheet(signed: TargetSheet) -> None:
    for model in (GrowthPoint, AcceptedBase):
        row = model.objects.get()
        row.pk = None
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            row.save(force_insert=True)


def test_nothing_is_moved_into_a_signed_sheet(clerk: User, signed: TargetSheet) -> None:
    later = draft(clerk)
    mine = GrowthPoint.objects.filter(sheet=later)
    assert mine.count() == 1
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        mine.update(sheet=signed)


def test_a_draft_stays_open_beside_a_signed_sheet(clerk: User, signed: TargetSheet) -> None:
    later = draft(clerk)
    assert GrowthPoint.objects.filter(sheet=later).update(probability=50) == 1


def test_the_services_say_so_in_words(clerk: User, signed: TargetSheet) -> None:
    with pytest.raises(SheetRefused, match="已签发"):
        add_point(clerk, signed)
    with pytest.raises(SheetRefused, match="已签发"):
        remove_growth_point(actor=clerk, at=noon(LATER), row=GrowthPoint.objects.get())
    with pytest.raises(SheetRefused, match="已签发"):
        set_trade(clerk, signed, expected=wanted("300"))
