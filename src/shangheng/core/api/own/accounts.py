"""Operations about people and units: who calls, and the tree of units."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.accounts.models import Grant, OrgUnit
from shangheng.core.accounts.rules import permissions
from shangheng.core.accounts.selectors import unit_tree
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.wording import lazy as _

router = Router(tags=["accounts"])


class UnitBrief(Schema):
    """A unit, as other records name it."""

    id: int
    code: str
    name: str


class Unit(UnitBrief):
    """A unit of the bureau (责任单位) in its tree."""

    parent: str | None = Field(description=_("上级单位的代码。"))
    path: str = Field(description=_("从根起的代码，各以 / 结尾。"))
    active: bool


class GrantOut(Schema):
    """A role with how far it reaches."""

    role: str
    scope: str
    units: list[str] = Field(description=_("指定的单位。"))


class Me(Schema):
    """Who calls, and what they may do with this token."""

    id: int
    username: str
    display_name: str
    unit: UnitBrief | None
    grants: list[GrantOut]
    permissions: list[str]


def unit_brief(unit: OrgUnit) -> UnitBrief:
    """A unit, as other records name it."""
    return UnitBrief(id=unit.pk, code=unit.code, name=unit.label)


@router.get("me", response=Me, summary=_("我是谁"))
@signed_in
def get_me(request: HttpRequest) -> Me:
    """The owner of the token, with the permissions that the token leaves them."""
    user = person_of(request)
    return Me(
        id=user.pk,
        username=user.username,
        display_name=user.display_name,
        unit=unit_brief(user.unit) if user.unit else None,
        grants=[_grant(grant) for grant in user.grants_held],
        permissions=[code for code in permissions() if user.has_perm(code)],
    )


@router.get("units", response=Page[Unit], summary=_("责任单位"))
@signed_in
def list_units(
    request: HttpRequest,
    response: HttpResponse,
    paging: Query[Paging],
    active: Annotated[bool | None, Query(description=_("只要在用的或停用的。"))] = None,
) -> dict[str, object]:
    """Every unit, parents before children."""
    tree = unit_tree()
    codes = {unit.pk: unit.code for unit in tree}
    units = [unit for unit in tree if active is None or unit.is_active is active]
    return paged(request, response, units, paging, lambda some: [_unit(u, codes) for u in some])


def _unit(unit: OrgUnit, codes: dict[int, str]) -> Unit:
    return Unit(
        id=unit.pk,
        code=unit.code,
        name=unit.label,
        parent=codes.get(unit.parent_id or 0),
        path=unit.path,
        active=unit.is_active,
    )


def _grant(grant: Grant) -> GrantOut:
    return GrantOut(
        role=grant.role,
        scope=str(grant.scope),
        units=sorted(unit.code for unit in grant.units.all()),
    )
