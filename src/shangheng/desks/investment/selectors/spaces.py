"""Reading spaces: how each stands on a day, its events, and what suits a project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.models import User
from shangheng.desks.investment.domain.matching import (
    Candidate,
    Criterion,
    Offer,
    Rule,
    Wanted,
    rank,
)
from shangheng.desks.investment.models import (
    PriceUnit,
    Project,
    Space,
    SpaceEvent,
    SpaceKind,
    SpaceNeed,
    SpaceState,
)
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.desks.investment.selectors.reasons import Reason, reasons_of

SHOWN = 50
"""The most candidates that are shown for a project."""


@dataclass(frozen=True)
class Standing:
    """A space with its state on a day. `project` is None for those who may not see it."""

    row: Space
    state: str
    since: date
    until: date | None
    taken: bool
    project: Project | None

    @property
    def pk(self) -> int:
        """That of the space."""
        return self.row.pk

    @property
    def label(self) -> str:
        """The state in words."""
        return str(SpaceState(self.state).label)

    @property
    def area_unit(self) -> str:
        """What its area is measured in."""
        return area_unit(self.row.kind)

    @property
    def price_unit(self) -> str:
        """What its price is asked for; "" without a price."""
        return str(PriceUnit(self.row.price_unit).label) if self.row.price_unit else ""


@dataclass(frozen=True)
class Match:
    """A candidate with its space as it stands."""

    candidate: Candidate
    standing: Standing

    @property
    def reasons(self) -> list[Reason]:
        """Why, criterion by criterion."""
        return reasons_of(self.candidate, self.standing.row)


@dataclass(frozen=True)
class Matches:
    """What suits a project: the first `SHOWN` of `judged` free spaces, `suitable` of them all."""

    wanted: Wanted
    rows: Sequence[Match]
    judged: int
    suitable: int


def area_unit(kind: str) -> str:
    """What the area of such a space is measured in."""
    return _("亩") if kind == SpaceKind.PARCEL else _("平方米")


def events_known(at: datetime, day: date) -> QuerySet[SpaceEvent]:
    """The events up to a day that were known, and not undone, at an instant."""
    held = Q(undone_at=None) | Q(undone_at__gt=at)
    return SpaceEvent.objects.filter(held, recorded_at__lte=at, on__lte=day)


def spaces_for(actor: User, *, at: datetime) -> QuerySet[Any]:
    """The spaces, which all who deal with investment may see, as they stood on the day of `at`.

    Each has `state`, `since`, `until` and `taken_by`, the key of the project of its last event.
    """
    if not allows(actor, "investment.view"):
        return Space.objects.none()
    return standing_rows(at)


def standing_rows(at: datetime) -> QuerySet[Any]:
    """Every space as it stood on the day of `at`, as far as it was known then."""
    day = timezone.localdate(at)
    last = events_known(at, day).filter(space=OuterRef("pk")).order_by("-on", "-pk")
    lapsed = When(last_state=SpaceState.RESERVED, until__lt=day, then=Value(SpaceState.FREE.value))
    return (
        Space.objects.filter(created_at__lte=at)
        .select_related("unit")
        .annotate(
            last_state=Subquery(last.values("state")[:1]),
            until=Subquery(last.values("until")[:1]),
            since=Subquery(last.values("on")[:1]),
            taken_by=Subquery(last.values("project")[:1]),
        )
        .annotate(state=Case(lapsed, default=F("last_state")))
        .exclude(last_state=None)
    )


def standings(rows: Iterable[Any], actor: User) -> list[Standing]:
    """Rows of `spaces_for` with their projects, as far as the actor may see them."""
    rows = list(rows)
    keys = {row.taken_by for row in rows if row.taken_by}
    seen = {one.pk: one for one in projects_for(actor).filter(pk__in=keys)} if keys else {}
    return [_standing(row, seen) for row in rows]


def _standing(row: Any, seen: Mapping[int, Project]) -> Standing:
    held = row.state == row.last_state
    return Standing(
        row=row,
        state=row.state,
        since=row.since if held else row.until,
        until=row.until if held else None,
        taken=bool(held and row.taken_by),
        project=seen.get(row.taken_by) if held else None,
    )


def history(space: Space, actor: User) -> list[tuple[SpaceEvent, Project | None]]:
    """Every event, the latest first, with its project as far as the actor may see it."""
    events = list(space.events.select_related("recorded_by", "undone_by"))
    keys = {one.project_id for one in events if one.project_id}
    seen = {one.pk: one for one in projects_for(actor).filter(pk__in=keys)} if keys else {}
    return [(one, seen.get(one.project_id or 0)) for one in events]


def rule_on(day: date) -> Rule:
    """The rule of matching in force on a day. Raises LookupError."""
    found = version_on(day)
    criteria = tuple(
        Criterion(
            row["id"],
            row["zh"],
            row["en"],
            row["hard"],
            Decimal(row["weight"]),
            Decimal(row["slack"]),
        )
        for row in found["criteria"]
    )
    return Rule(found["number"], criteria, Decimal(found["short"]), Decimal(found["roomy"]))


def version_on(day: date) -> Mapping[str, Any]:
    """The version of the rule as it is written. Raises LookupError."""
    return rules.in_force("space_matching.yaml", day)


def need_of(project: Project) -> SpaceNeed:
    """What a project asks beside its areas; a new, empty one when nobody has said."""
    return SpaceNeed.objects.filter(project=project).first() or SpaceNeed(project=project)


def wanted_of(project: Project) -> Wanted:
    """What a project asks for."""
    need = need_of(project)
    return Wanted(
        land=project.land_area if project.needs_land is not False else None,
        built=project.space_area,
        clear_height=need.clear_height,
        floor_load=need.floor_load,
        power=need.power,
        price=need.price,
        price_unit=need.price_unit,
    )


def matches_for(actor: User, project: Project, *, at: datetime) -> Matches:
    """The free spaces, the most suitable first, each with what fits and what falls short."""
    wanted = wanted_of(project)
    if not wanted.asks_for_room:
        return Matches(wanted, (), 0, 0)
    free = {row.pk: row for row in spaces_for(actor, at=at).filter(state=SpaceState.FREE)}
    rule = rule_on(timezone.localdate(at))
    ranked = rank(wanted, map(offer_of, free.values()), rule)
    shown = ranked[:SHOWN]
    stands = {one.pk: one for one in standings([free[one.key] for one in shown], actor)}
    return Matches(
        wanted,
        [Match(one, stands[one.key]) for one in shown],
        len(ranked),
        sum(one.is_suitable for one in ranked),
    )


def offer_of(row: Space) -> Offer:
    """A space as it is judged."""
    return Offer(
        key=row.pk,
        is_land=row.kind == SpaceKind.PARCEL,
        area=row.area,
        clear_height=row.clear_height,
        floor_load=row.floor_load,
        power=row.power,
        price=row.price,
        price_unit=row.price_unit,
    )


def place_of(pk: int) -> Place | None:
    """Unit and owner, for the explanation of rights."""
    row = Space.objects.filter(pk=pk).values_list("unit", "created_by").first()
    return Place(*row) if row else None
