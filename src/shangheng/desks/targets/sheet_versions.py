"""Which version of a part of a sheet somebody has seen: the acts that touched it, the last of which counts."""

from django.db.models import Q, QuerySet

from shangheng.core.audit.conflicts import acts_on
from shangheng.core.audit.models import Row
from shangheng.desks.targets.domain.sheets import MONTHS
from shangheng.desks.targets.models import GrowthPoint
from shangheng.engines.ledger.models import TargetSheet
from shangheng.engines.ledger.services.targets import target_of_sheet

POINTS = ("targets.point.add", "targets.point.change", "targets.point.remove")


def acts_on_tiers(sheet: TargetSheet, indicator: str) -> QuerySet[Row]:
    """Acts on the tiers of the whole for the year."""
    return _acts(sheet, indicator=indicator, unit=None, month=MONTHS)


def acts_on_parts(sheet: TargetSheet, indicator: str) -> QuerySet[Row]:
    """Acts on an indicator, whose parts by unit are to agree with the whole."""
    return _acts(sheet, indicator=indicator)


def acts_on_plan(sheet: TargetSheet, indicator: str, tier: str) -> QuerySet[Row]:
    """Acts on the months of a tier and on the tier, which is the last of them."""
    return _acts(sheet, indicator=indicator, tier=tier, unit=None)


def acts_on_point(point: GrowthPoint) -> QuerySet[Row]:
    """Acts on a growth point."""
    return acts_on(target_of_point(point))


def acts_on_sheet(sheet: TargetSheet) -> QuerySet[Row]:
    """Acts on whatever a signature stands under: the targets and the growth points."""
    points = Q(act__in=POINTS) & (Q(after__sheet=sheet.pk) | Q(before__sheet=sheet.pk))
    return Row.objects.filter(Q(target=target_of_sheet(sheet), act__startswith="ledger.") | points)


def target_of_point(point: GrowthPoint) -> str:
    """How the audit names a growth point."""
    return f"targets.growthpoint:{point.pk}"


def _acts(sheet: TargetSheet, **details: object) -> QuerySet[Row]:
    """Acts on a sheet with these details, either of what was set or of what was taken out."""
    sides = [
        Q(**{f"{side}__{name}": value for name, value in details.items()})
        for side in ("after", "before")
    ]
    return acts_on(target_of_sheet(sheet), sides[0] | sides[1])
