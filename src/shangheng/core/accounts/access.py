"""Who may do what, and where.

Every view declares what it asks of its visitor by one of the marks `permission_required`,
`signed_in` and `public`; `middleware.GateMiddleware` enforces it and refuses a view without a mark.
Selectors narrow what they read by `scope_of(user, code).filter(...)`.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from shangheng.core.accounts import rules
from shangheng.core.accounts.models import Grant, OrgUnit, User
from shangheng.core.accounts.roles import all_roles
from shangheng.core.accounts.rules import ScopeKind, UnknownCode
from shangheng.core.audit.marks import SIGNED_IN, permission_required, public, signed_in

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "Scope",
    "UnknownCode",
    "admits",
    "allows",
    "only_reads",
    "permission_required",
    "person_of",
    "public",
    "reach_of",
    "reached_by",
    "scope_of",
    "signed_in",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records a person may reach with one permission; the union of what grants reach.

    `everything`: all records. `unit_ids`: those of these units. `own`: those that the person
    `user_id` has made. A scope narrows which records are seen, never which columns: the name of an
    actor on a visible record stays visible.
    """

    everything: bool = False
    unit_ids: frozenset[int] = frozenset()
    own: bool = False
    user_id: int | None = None

    @property
    def own_only(self) -> bool:
        """Whether nothing but the person's own records is reached."""
        return self.own and not self.everything and not self.unit_ids

    def filter[M: Model](
        self, queryset: QuerySet[M], unit: str | None = "unit", owner: str | None = "actor"
    ) -> QuerySet[M]:
        """Those of `queryset` within the scope.

        `unit` and `owner` are the paths to the unit and to the person; None for a model that has
        none, which is then not reached that way.
        """
        if self.everything:
            return queryset
        reached = Q(pk__in=[])
        if unit and self.unit_ids:
            reached |= Q((f"{unit}__in", self.unit_ids))
        if owner and self.own:
            reached |= Q((owner, self.user_id))
        return queryset.filter(reached)

    def __or__(self, other: "Scope") -> "Scope":
        """What either reaches, for one and the same person."""
        return Scope(
            everything=self.everything or other.everything,
            unit_ids=self.unit_ids | other.unit_ids,
            own=self.own or other.own,
            user_id=self.user_id or other.user_id,
        )

    def covers(self, *, unit_id: int | None = None, owner_id: int | None = None) -> bool:
        """Whether one record of that unit, made by that person, is within the scope."""
        if self.everything or (unit_id is not None and unit_id in self.unit_ids):
            return True
        return self.own and owner_id is not None and owner_id == self.user_id


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


def allows(user: User | AnonymousUser, code: str) -> bool:
    """Whether any grant of `user` holds the permission `code`. Raises UnknownCode."""
    return bool(_grants(user, code))


def admits(user: User | AnonymousUser, mark: str) -> bool:
    """Whether `user` passes a mark: a permission or, for anybody who is in, ``SIGNED_IN``."""
    if mark == SIGNED_IN:
        return isinstance(user, User) and user.is_active
    return allows(user, mark)


def scope_of(user: User | AnonymousUser, code: str) -> Scope:
    """How far `user` reaches with the permission `code`; `NOTHING` without it. Raises UnknownCode.

    Costs at most two queries in the life of the `user` object, however often it is asked.
    """
    grants = _grants(user, code)
    if not grants or not isinstance(user, User):
        return NOTHING
    if any(grant.scope == ScopeKind.ALL for grant in grants):
        return Scope(everything=True, user_id=user.pk)
    return reduce(or_, (reach_of(user, grant) for grant in grants))


def reach_of(user: User, grant: Grant) -> Scope:
    """How far one grant reaches, for each of its permissions; `explain` tells it grant by grant.

    Who reaches a unit reaches the records of the closed units that it has taken over.
    """
    match ScopeKind(grant.scope):
        case ScopeKind.ALL:
            return Scope(everything=True, user_id=user.pk)
        case ScopeKind.CHOSEN:
            units = grant.chosen
        case ScopeKind.UNIT:
            units = user.unit.reached if user.unit else frozenset()
        case ScopeKind.UNIT_TREE:
            units = user.units_below
        case ScopeKind.OWN:
            return Scope(own=True, user_id=user.pk)
    return Scope(unit_ids=units, user_id=user.pk)


def reached_by(code: str, *, unit_id: int | None, owner_id: int | None) -> QuerySet[User]:
    """The people in use who reach a record with a permission: `Scope.covers` the other way round."""
    every = list(OrgUnit.objects.order_by("path"))
    homes = [unit for unit in every if unit_id in unit.reached]
    above = [unit.pk for unit in every if any(home.path.startswith(unit.path) for home in homes)]
    keys = [unit.pk for unit in homes]
    reaching = (
        Q(scope=ScopeKind.ALL)
        | Q(scope=ScopeKind.CHOSEN, units__in=keys)
        | Q(scope=ScopeKind.UNIT, user__unit__in=keys)
        | Q(scope=ScopeKind.UNIT_TREE, user__unit__in=above)
        | Q(scope=ScopeKind.OWN, user=owner_id)
    )
    holding = [role.code for role in all_roles().values() if code in role.permissions]
    grants = Grant.objects.filter(reaching, role__in=holding)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def only_reads(user: User) -> bool:
    """Whether somebody audits or manages rights, and so has no part in the business (三员分立)."""
    return any(grant.rule is not None and grant.rule.alone for grant in user.grants_held)


def person_of(request: HttpRequest) -> User:
    """The person who is logged in, for views behind a mark. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _grants(user: User | AnonymousUser, code: str) -> list[Grant]:
    if code not in rules.permissions():
        raise UnknownCode(f"there is no permission {code!r}")
    if not isinstance(user, User) or not user.is_active:
        return []
    return user.grants_of(code)
