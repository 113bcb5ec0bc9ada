"""Reading people, units and rights."""

from collections import defaultdict

from django.db.models import Count, Q, QuerySet

from shangheng.core.accounts.models import OrgUnit, User


def people(*, active: bool = True) -> QuerySet[User]:
    """People by login name with their units and grants (three more queries however many)."""
    found = User.objects.filter(is_active=active).select_related("unit")
    return found.prefetch_related("grants__units").order_by("username")


def unit_tree(*, active_only: bool = False) -> list[OrgUnit]:
    """Every unit, parents before children, neighbours by position; `people_count` on each."""
    units = OrgUnit.objects.annotate(
        people_count=Count("people", filter=Q(people__is_active=True))
    ).order_by("position", "code")
    children: dict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in units.filter(is_active=True) if active_only else units:
        children[unit.parent_id].append(unit)

    def below(parent: int | None) -> list[OrgUnit]:
        return [one for unit in children[parent] for one in (unit, *below(unit.pk))]

    return below(None)


def unit_choices() -> list[tuple[int, str]]:
    """The units in use for a form, each set in by its depth."""
    return [(unit.pk, unit.indent + unit.label) for unit in unit_tree(active_only=True)]
