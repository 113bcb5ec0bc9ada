"""Reading people, units and rights."""

from collections import defaultdict

from django.db.models import Count, Q, QuerySet

from shangheng.core.accounts.models import OrgUnit, User


def people(*, text: str = "", unit: OrgUnit | None = None, active: bool = True) -> QuerySet[User]:
    """People by login name with their units and grants (three more queries however many).

    `text` is a part of a name, `unit` takes those below it as well.
    """
    found = User.objects.filter(is_active=active).select_related("unit")
    if text:
        found = found.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    if unit:
        found = found.filter(unit__path__startswith=unit.path)
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
