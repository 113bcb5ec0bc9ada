"""Reports that are on their way pass to the successor of a unit; what was issued stays."""

import pytest

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.accounts.tree.closing import merge_units
from shangheng.core.accounts.tree.undoing import undo_change
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.tests.conftest import on, write

pytestmark = pytest.mark.django_db
AT = on("2022-01-10")


def test_unfinished_reports_pass_to_the_successor_and_come_back(
    writer: User, bureau: OrgUnit
) -> None:
    draft, issued = write(writer, "正文"), write(writer, "正文")
    Report.objects.filter(pk__in=[draft.pk, issued.pk]).update(unit=bureau)
    writing.build_report(actor=writer, at=AT, report=issued)
    Report.objects.filter(pk=issued.pk).update(state=State.ISSUED)
    heir, boss = org_unit("heir"), person("administrator")
    done = merge_units(actor=boss, at=AT, unit=bureau, into=heir)
    assert Report.objects.get(pk=draft.pk).unit == heir
    assert Report.objects.get(pk=issued.pk).unit == bureau
    undo_change(actor=boss, at=AT, change=done)
    assert Report.objects.get(pk=draft.pk).unit == bureau
