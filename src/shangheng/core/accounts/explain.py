"""Why somebody may, or may not, see a page or a record (权限说明).

The decision of `access` and this explanation read the same grants through the same `reach_of`, so
that they cannot differ. Desks tell of their records by `register`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shangheng.core.accounts import rules
from shangheng.core.accounts.access import allows, reach_of, scope_of
from shangheng.core.accounts.middleware import permission_of
from shangheng.core.accounts.models import Grant, OrgUnit, User
from shangheng.core.accounts.roles import all_roles
from shangheng.core.audit.marks import PUBLIC, SIGNED_IN

REFERENCE = re.compile(r"\A([a-z_.]+):(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """What decides about one record: its unit and who made it."""

    unit_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Records that can be asked for: `code:pk` is a reference, as the audit writes its objects.

    `routes` are the pages whose `pk` names such a record, `home` the first of them; `place` finds
    one by its key, None where there is none. Records that belong to one person, on pages that ask
    for no permission, are opened by their owner and by who holds `manages`.
    """

    code: str
    label: str | Promise
    home: str
    routes: frozenset[str]
    place: Callable[[int], Place | None]
    manages: str = ""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Have records of a kind explained; registered again, it replaces."""
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """The kinds of records that can be asked for."""
    return list(_kinds.values())


@dataclass(frozen=True, slots=True)
class Ground:
    """One grant of the person, and whether it lets them; `told` says how or why not."""

    grant: Grant
    lets: bool
    told: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: whether, by which grants, and what is missing. `record` and `hidden` as asked.

    `permission` is None for a page that asks for none. `hidden`: the record was not found within
    reach, and it is not said whether there is one. `owned`: the record opens to its owner.
    """

    person: User
    allowed: bool
    permission: rules.Permission | None = None
    grounds: tuple[Ground, ...] = ()
    record: str = ""
    where: str = ""
    hidden: bool = False
    owned: bool = False

    @property
    def apart(self) -> str:
        """The name of a role of the person that admits no other beside it (三员分立); "" without one."""
        built_in = rules.roles()
        held = (built_in.get(ground.grant.role) for ground in self.grounds)
        return next((role.name for role in held if role and role.alone), "")

    @property
    def missing(self) -> str:
        """What is missing, in one sentence; empty when nothing is."""
        if self.allowed or not (self.permission or self.owned):
            return ""
        if not self.person.is_active:
            return _("账号已停用，所有授权都不起作用。")
        if self.owned or not self.permission:
            return _("这条记录不存在，或者属于别人：它只对所属的本人开放。")
        if not any(self.permission.code in ground.grant.permissions for ground in self.grounds):
            return _("所授角色都不含“%s”这项权限。") % self.permission.name
        if self.hidden:
            return _("范围内没有这条记录：它不存在，或者不在下列范围内。")
        return _("有“%s”这项权限，但范围够不到这条记录。") % self.permission.name

    @property
    def roles(self) -> list[rules.Role]:
        """The roles that hold the permission."""
        if not self.permission:
            return []
        return [role for role in all_roles().values() if self.permission.code in role.permissions]


def explain(user: User, code: str, place: Place | None = None) -> Explanation:
    """Whether `user` may do what the permission `code` allows, with the record at `place` if given.

    `allowed` is what `access.allows` and `Scope.covers` decide. Raises UnknownCode.
    """
    permission = rules.permissions().get(code)
    if permission is None:
        raise rules.UnknownCode(f"there is no permission {code!r}")
    names = _unit_names(user, place)
    grounds = tuple(_ground(user, grant, permission, place, names) for grant in user.grants_held)
    return Explanation(
        person=user,
        allowed=any(ground.lets for ground in grounds),
        permission=permission,
        grounds=grounds,
        where=names.get(place.unit_id or 0, "") if place else "",
    )


def explain_at(user: User, text: str, *, reveal: bool) -> Explanation | None:
    """The explanation of an address of ours or of a reference; None where it leads nowhere.

    Only with `reveal` is anything said about a record beyond the reach of `user`.
    """
    match, kind = _find(text)
    if match is None:
        return None
    mark = permission_of(match.func)
    if mark == SIGNED_IN and kind is not None:
        return _explain_owned(user, kind, int(match.kwargs["pk"]), reveal=reveal)
    if mark is None or mark in {PUBLIC, SIGNED_IN}:
        return Explanation(person=user, allowed=user.is_active and mark is not None)
    if kind is None:
        return explain(user, mark)
    place = kind.place(int(match.kwargs["pk"]))
    record = f"{kind.label} #{match.kwargs['pk']}"
    found = explain(user, mark, place) if place else explain(user, mark)
    if place and (reveal or found.allowed):
        return _named(found, record)
    if not place and (reveal or scope_of(user, mark).everything):
        return None
    return Explanation(
        person=user,
        allowed=False,
        permission=found.permission,
        grounds=explain(user, mark, Place()).grounds,
        record=record,
        hidden=True,
    )


def _explain_owned(user: User, kind: Kind, pk: int, *, reveal: bool) -> Explanation | None:
    place, manages = kind.place(pk), bool(kind.manages and allows(user, kind.manages))
    if place is None and (reveal or manages):
        return None
    own = place is not None and place.owner_id == user.pk
    allowed = user.is_active and (own or manages)
    return Explanation(
        person=user,
        allowed=allowed,
        permission=rules.permissions()[kind.manages] if manages and not own else None,
        record=f"{kind.label} #{pk}",
        hidden=not allowed,
        owned=True,
    )


def givers(person: User) -> list[User]:
    """Who can give `person` what is missing: the administrators, but for the person."""
    managing = [r.code for r in all_roles().values() if "accounts.manage" in r.permissions]
    found = User.objects.filter(is_active=True, grants__role__in=managing).exclude(pk=person.pk)
    return list(found.select_related("unit").distinct())


def _named(found: Explanation, record: str) -> Explanation:
    return Explanation(
        found.person, found.allowed, found.permission, found.grounds, record, found.where
    )


def _find(text: str) -> tuple[ResolverMatch | None, Kind | None]:
    """The page and, when it is about one record, the kind of record."""
    text = text.strip()
    reference = REFERENCE.match(text)
    if reference:
        kind = _kinds.get(reference[1])
        if kind is None:
            return None, None
        text = reverse(kind.home, args=[int(reference[2])])
    try:
        match = resolve(urlsplit(text).path or "/")
    except (Resolver404, ValueError):
        return None, None
    about = (kind for kind in _kinds.values() if match.url_name in kind.routes)
    return match, next(about, None)


def _unit_names(user: User, place: Place | None) -> dict[int, str]:
    """Names of the units that the sentences need: one query."""
    if place is None or place.unit_id is None:
        return {}
    return {unit.pk: unit.label for unit in OrgUnit.objects.filter(pk=place.unit_id)}


def _ground(
    user: User,
    grant: Grant,
    permission: rules.Permission,
    place: Place | None,
    names: dict[int, str],
) -> Ground:
    if permission.code not in grant.permissions:
        return Ground(grant, False, _("不含“%s”。") % permission.name)
    if not user.is_active:
        return Ground(grant, False, _("账号已停用，不起作用。"))
    if place is None:
        return Ground(grant, True, _("含有“%s”。") % permission.name)
    if reach_of(user, grant).covers(unit_id=place.unit_id, owner_id=place.owner_id):
        return Ground(grant, True, _("含有“%s”，范围包括这条记录。") % permission.name)
    where = names.get(place.unit_id or 0)
    told = (
        _("含有“%(permission)s”，范围不包括“%(unit)s”的记录。")
        if where
        else _("含有“%(permission)s”，范围不包括这条记录。")
    )
    return Ground(grant, False, told % {"permission": permission.name, "unit": where})
