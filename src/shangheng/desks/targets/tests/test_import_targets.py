"""Targets of a draft from a file: set on last year's figure, changed by key, and set back."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.undo import obstacles, undo
from shangheng.desks.targets.services.import_targets import TABLE
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.sheets import (
    draft,
    post_trade,
    set_trade,
    trade_row,
    value_of,
    wanted,
)
from shangheng.engines.ledger.models import Target, TargetSheet

HEADER = "年度,指标,档次,责任单位,目标值,计量单位,增幅(%)"
GOOD = f"""{HEADER}
2022,外贸进出口总额,预期,,,,10
2022,外贸进出口总额,挑战,,250,亿元,
2022,外贸进出口总额,预期,保税办,100,亿元,
"""


@pytest.fixture
def sheet(clerk: User, park: OrgUnit) -> TargetSheet:
    post_trade(clerk, park)
    return draft(clerk)


def look(actor: User, text: str) -> Preview:
    upload = Upload("目标.csv", text.encode())
    return preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_in(actor: User, text: str) -> Batch:
    upload = Upload("目标.csv", text.encode())
    return commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_back(actor: User, batch: Batch) -> None:
    undo(actor=actor, at=timezone.now(), table=TABLE, batch=batch, reason="传错了文件")


def test_targets_come_into_the_draft_on_last_years_figure(
    clerk: User, sheet: TargetSheet, park: OrgUnit
) -> None:
    found = look(clerk, GOOD)
    assert (found.new, found.changed) == (3, 0), [str(error) for error in found.errors]
    assert not Target.objects.exists()
    batch = take_in(clerk, GOOD)
    assert value_of(sheet, "expected") == Decimal("238.79")  # 217.08 and a tenth of it
    assert value_of(sheet, "challenge") == 250
    assert value_of(sheet, "expected", unit=park) == 100
    row = Target.objects.get(tier="challenge")
    assert row.base_amount, "the base is remembered as the page would"
    assert look(clerk, GOOD).repeated == 3
    take_back(clerk, batch)
    assert not Target.objects.exists()


def test_a_changed_target_is_shown_with_what_it_was_and_set_back(
    clerk: User, sheet: TargetSheet
) -> None:
    set_trade(clerk, sheet, expected=wanted(growth="8"))
    text = f"{HEADER}\n2022,外贸进出口总额,预期,,240,亿元,\n"
    found = look(clerk, text)
    assert found.matches[0].before == {"value": Decimal("234.45")}
    batch = take_in(clerk, text)
    assert value_of(sheet, "expected") == 240
    assert Target.objects.get().growth is None, "the old growth no longer fits"
    take_back(clerk, batch)
    row = Target.objects.get()
    assert (value_of(sheet, "expected"), row.growth) == (Decimal("234.45"), 8)


def test_what_was_changed_since_or_signed_is_not_set_back(clerk: User, sheet: TargetSheet) -> None:
    batch = take_in(clerk, GOOD)
    set_trade(clerk, sheet, challenge=wanted("260"))
    (stopped,) = obstacles(actor=clerk, at=timezone.now(), table=TABLE, batch=batch)
    assert (stopped.number, stopped.url) == (3, reverse("sheet", args=[sheet.pk]))
    set_trade(clerk, sheet, challenge=wanted("250"))
    TargetSheet.objects.filter(pk=sheet.pk).update(
        state=TargetSheet.SIGNED, signed_by=clerk, signed_at=timezone.now()
    )
    with pytest.raises(CannotUndo, match="已经签发"):
        take_back(clerk, batch)
    assert trade_row(sheet).goals


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ("2030,外贸进出口总额,预期,,1,亿元,", "“年度”列(A2)", "没有未签发的目标草案"),
        ("2022,外贸进出口总额,预期,,1,亿美元,", "“计量单位”列(F2)", "以亿元计"),
        ("2022,外贸进出口总额,预期,,1,,", "“目标值”列(E2)", "写明计量单位"),
        ("2022,外贸进出口总额,预期,,,,", "“目标值”列(E2)", "至少填一项"),
        ("2022,外贸进出口总额,最好,,1,亿元,", "“档次”列(C2)", "不在可选范围"),
        ("2022,外贸进出口总额,预期,,100,亿元,50", "第2行", "不"),
    ],
)
def test_a_wrong_target_is_refused_at_its_cell(
    clerk: User, sheet: TargetSheet, row: str, place: str, words: str
) -> None:
    found = look(clerk, f"{HEADER}\n{row}\n")
    assert place in found.errors[0].place, str(found.errors[0])
    assert words in found.errors[0].message
    with pytest.raises(ImportRefused):
        take_in(clerk, f"{HEADER}\n{row}\n")
    assert not Target.objects.exists()


def test_targets_beyond_reach_are_refused(sheet: TargetSheet, park: OrgUnit) -> None:
    near = person("statistics_clerk", unit=park, scope="unit")
    found = look(near, f"{HEADER}\n2022,外贸进出口总额,预期,,240,亿元,\n")
    assert "不能设定" in found.errors[0].message


def test_the_list_of_sheets_leads_to_the_import(clerk: User, officer: User) -> None:
    page = at_desk(clerk).get(reverse("sheets")).content.decode()
    assert reverse("target-import") in page
    assert at_desk(clerk).get(reverse("target-import-template")).content.startswith(b"PK")
    assert at_desk(officer).get(reverse("target-import")).status_code == 403
