"""The list of target sheets: years, versions, and which of them the ledger has left behind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.core.ui.waiting import Waits, rows_of
from shangheng.desks.targets.models import GrowthPoint
from shangheng.desks.targets.selectors.periods import latest_year
from shangheng.desks.targets.selectors.sheets import is_whole
from shangheng.engines.ledger.models import Target, TargetSheet
from shangheng.engines.ledger.selectors.figures import answer
from shangheng.engines.ledger.selectors.targets import base_queries, goals_of


@dataclass(frozen=True)
class SheetLine:
    """One version in the list of sheets."""

    sheet: TargetSheet
    targets: int
    based: int
    stale: int
    points: int

    @property
    def pk(self) -> int:
        """The key of the sheet."""
        return self.sheet.pk


def next_year(now: datetime) -> int:
    """The year to set targets for: the one after the last year with data."""
    return int(latest_year(now)) + 1


def sheet_lines(sheets: Iterable[TargetSheet], *, known_at: datetime) -> list[SheetLine]:
    """The sheets in their order, each with how many of its bases have moved since."""
    listed = list(sheets)
    rows = list(
        Target.objects.filter(area=settings.HOME_AREA, sheet__in=listed).select_related(
            "indicator", "sheet"
        )
    )
    goals = goals_of(rows, answer(base_queries(rows), known_at=known_at))
    targets = Counter(goal.row.sheet_id for goal in goals if is_whole(goal.row))
    based = Counter(goal.row.sheet_id for goal in goals if goal.remembered is not None)
    stale = Counter(goal.row.sheet_id for goal in goals if goal.stale)
    points = Counter(GrowthPoint.objects.filter(sheet__in=listed).values_list("sheet", flat=True))
    return [
        SheetLine(
            sheet,
            targets=targets[sheet.pk],
            based=based[sheet.pk],
            stale=stale[sheet.pk],
            points=points[sheet.pk],
        )
        for sheet in listed
    ]


def drafts_to_sign(person: User) -> Waits | None:
    """The drafts that await the signature of a person."""
    if not scope_of(person, "targets.sign").everything:
        return None
    return rows_of(TargetSheet.objects.filter(state=TargetSheet.DRAFT))
