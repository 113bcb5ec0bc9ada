"""Operations: target sheets opened, filled in and signed, by the services of the pages."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import OrgUnit
from shangheng.core.api import problems
from shangheng.core.api.fields import Amount, Instant, Key
from shangheng.core.api.problems import FieldError, Problem
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import changed, made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.targets.access import closed_units
from shangheng.desks.targets.api.sheets import SheetOut, router, sheet_out
from shangheng.desks.targets.domain.sheets import MONTHS, PointDraft, SheetRefused, Wanted
from shangheng.desks.targets.services import sheet_tiers, sheets
from shangheng.desks.targets.sheet_access import access_point, access_sheet
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.models import TargetSheet

Code = Annotated[str, Path(max_length=60, description=_("指标代码。"))]
Tier = Annotated[str, Path(max_length=20, description=_("目标档次的代码。"))]


class SheetIn(Schema):
    """A draft to open; it starts from the targets of the version before it."""

    year: int = Field(ge=2000, le=2100)
    source: str = Field(min_length=1, max_length=300, description=_("编制依据。"))


class TierIn(Schema):
    """A value in the indicator's unit, growth in percent, or both; neither takes the tier out."""

    tier: str = Field(max_length=20)
    value: Amount | None = None
    growth: Amount | None = None


class TiersIn(Schema):
    """The tiers of an indicator; those that are not named stay as they are."""

    tiers: list[TierIn] = Field(min_length=1, max_length=20)
    unit: Key | None = Field(None, description=_("单位的编号；null 即全区。"))
    base_known_at: Instant | None = Field(None, description=_("基数按哪一刻所知；null 即现在。"))


class MonthIn(Schema):
    """The cumulative amount to the end of a month."""

    month: int = Field(ge=1, le=MONTHS)
    value: Amount


class PlanIn(Schema):
    """The monthly plan of a tier; months that are left out have none."""

    months: list[MonthIn] = Field(max_length=MONTHS)


class PointIn(Schema):
    """A posting to come that a sheet counts on."""

    name: str = Field(min_length=1, max_length=100)
    due_on: date
    low: Amount
    high: Amount
    unit_of_measure: str = Field(max_length=20)
    probability: Amount = Field(description=_("到年底能够实现的概率，以%计。"))
    note: str = Field("", max_length=500)
    source: str = Field("", max_length=300)


class ReasonIn(Schema):
    """Why the base of an indicator that has moved is accepted."""

    indicator: str = Field(max_length=60)
    reason: str = Field(min_length=1, max_length=500)


class SignatureIn(Schema):
    """A signature."""

    reasons: list[ReasonIn] = Field([], max_length=500)


@router.post("sheets", response={201: SheetOut}, summary=_("新建目标表草案"))
@permission_required("targets.propose")
def open_sheet(request: HttpRequest, response: HttpResponse, body: SheetIn) -> Status[SheetOut]:
    """Open a draft for a year."""
    sheet = sheets.open_draft(
        actor=person_of(request), at=timezone.now(), year=body.year, source=body.source
    )
    return made(response, sheet_out(sheet), _place(sheet.pk))


@router.put("sheets/{int:pk}/indicators/{str:code}/tiers", response=SheetOut, summary=_("设定目标"))
@guarded
@permission_required("targets.propose")
def set_tiers(
    request: HttpRequest, response: HttpResponse, pk: Key, code: Code, body: TiersIn
) -> SheetOut:
    """Set tiers of an indicator, for the whole or for one unit."""
    _known(code)
    now = timezone.now()
    if body.base_known_at is not None and body.base_known_at > now:
        raise problems.wrong("body.base_known_at", _("这一刻还没有到。"))
    unit = OrgUnit.objects.filter(pk=body.unit).first() if body.unit is not None else None
    if body.unit is not None and unit is None:
        raise problems.wrong("body.unit", _("没有这个单位。"))
    sets = any(one.value is not None or one.growth is not None for one in body.tiers)
    if unit is not None and sets and (why := closed_units([unit.pk])):
        raise problems.wrong("body.unit", why[unit.pk])
    return _changed(
        request,
        response,
        pk,
        lambda sheet: sheet_tiers.set_tiers(
            actor=person_of(request),
            at=now,
            sheet=sheet,
            indicator=code,
            wanted={one.tier: Wanted(one.value, one.growth) for one in body.tiers},
            base_known_at=body.base_known_at or now,
            unit=unit,
        ),
    )


@router.put(
    "sheets/{int:pk}/indicators/{str:code}/plan/{str:tier}",
    response=SheetOut,
    summary=_("设定月计划"),
)
@guarded
@permission_required("targets.propose")
def plan_months(
    request: HttpRequest, response: HttpResponse, pk: Key, code: Code, tier: Tier, body: PlanIn
) -> SheetOut:
    """Set the cumulative monthly plan of a tier."""
    _known(code)
    months = {one.month: one.value for one in body.months}
    return _changed(
        request,
        response,
        pk,
        lambda sheet: sheet_tiers.plan_months(
            actor=person_of(request),
            at=timezone.now(),
            sheet=sheet,
            indicator=code,
            tier=tier,
            months=months,
        ),
    )


@router.post(
    "sheets/{int:pk}/indicators/{str:code}/recomputation",
    response={201: SheetOut},
    summary=_("按现基数重算"),
)
@guarded
@permission_required("targets.propose")
def recompute_targets(
    request: HttpRequest, response: HttpResponse, pk: Key, code: Code
) -> Status[SheetOut]:
    """Set the targets of an indicator whose base has moved anew on the base as it is now."""
    _known(code)
    return made_by(
        request,
        response,
        pk,
        lambda sheet: sheet_tiers.recompute(
            actor=person_of(request), at=timezone.now(), sheet=sheet, indicator=code
        ),
    )


@router.post(
    "sheets/{int:pk}/indicators/{str:code}/points",
    response={201: SheetOut},
    summary=_("增加增长点"),
)
@guarded
@permission_required("targets.propose")
def add_point(
    request: HttpRequest, response: HttpResponse, pk: Key, code: Code, body: PointIn
) -> Status[SheetOut]:
    """Name a posting to come."""
    _known(code)
    return made_by(
        request,
        response,
        pk,
        lambda sheet: sheets.add_growth_point(
            actor=person_of(request),
            at=timezone.now(),
            sheet=sheet,
            indicator=code,
            point=_point(body),
        ),
    )


@router.put("sheets/{int:pk}/points/{int:point}", response=SheetOut, summary=_("修改增长点"))
@guarded
@permission_required("targets.propose")
def change_point(
    request: HttpRequest, response: HttpResponse, pk: Key, point: Key, body: PointIn
) -> SheetOut:
    """Change a growth point."""
    actor = person_of(request)
    row = access_point(actor=actor, sheet=pk, pk=point)
    return _changed(
        request,
        response,
        pk,
        lambda _sheet: sheets.change_growth_point(
            actor=actor, at=timezone.now(), row=row, point=_point(body)
        ),
    )


@router.delete("sheets/{int:pk}/points/{int:point}", response=SheetOut, summary=_("删除增长点"))
@guarded
@permission_required("targets.propose")
def remove_point(request: HttpRequest, response: HttpResponse, pk: Key, point: Key) -> SheetOut:
    """Take a growth point out."""
    actor = person_of(request)
    row = access_point(actor=actor, sheet=pk, pk=point)
    return _changed(
        request,
        response,
        pk,
        lambda _sheet: sheets.remove_growth_point(actor=actor, at=timezone.now(), row=row),
    )


@router.post("sheets/{int:pk}/signature", response={201: SheetOut}, summary=_("签发目标表"))
@guarded
@permission_required("targets.sign")
def sign_sheet(
    request: HttpRequest, response: HttpResponse, pk: Key, body: SignatureIn
) -> Status[SheetOut]:
    """Sign a draft: from now on it is in force and frozen."""
    reasons = {one.indicator: one.reason for one in body.reasons}
    return made_by(
        request,
        response,
        pk,
        lambda sheet: sheets.sign(
            actor=person_of(request), at=timezone.now(), sheet=sheet, reasons=reasons
        ),
    )


def refused(error: SheetRefused) -> Problem:
    """409 for what is about the whole sheet, 422 for what is about a field."""
    if set(error.errors) == {""}:
        return Problem(409, error.errors[""])
    errors = [
        FieldError(f"body.{field}" if field else "body", "refused", words)
        for field, words in error.errors.items()
    ]
    return Problem(422, str(_("请改正所列的各项后重试。")), errors)


def _changed(
    request: HttpRequest, response: HttpResponse, pk: int, write: Callable[[Any], object]
) -> SheetOut:
    return changed(response, _written(request, pk, write))


def draft_only(sheet: TargetSheet) -> None:
    """Go on with a draft. Raises Problem (409) for a sheet that is signed."""
    if sheet.state != TargetSheet.DRAFT:
        raise Problem(409, str(_("这一版目标表已签发，不能再改；请另开新版")))


def made_by(
    request: HttpRequest, response: HttpResponse, pk: int, write: Callable[[Any], object]
) -> Status[SheetOut]:
    """201 with the sheet after a write on the version that If-Match names."""
    return made(response, _written(request, pk, write), _place(pk))


def _written(request: HttpRequest, pk: int, write: Callable[[Any], object]) -> SheetOut:
    """The sheet after a write on the version that If-Match names."""
    sheet = access_sheet(actor=person_of(request), pk=pk)
    with unchanged(request, lambda: sheet_out(sheet)):
        draft_only(sheet)
        write(sheet)
    return sheet_out(access_sheet(actor=person_of(request), pk=pk))


def _place(pk: int) -> str:
    return f"/api/v1/targets/sheets/{pk}"


def _known(code: str) -> None:
    if code not in catalogue.indicators():
        raise Http404


def _point(body: PointIn) -> PointDraft:
    if body.unit_of_measure not in catalogue.units():
        raise problems.wrong("body.unit_of_measure", _("没有这个计量单位。"))
    return PointDraft(
        name=body.name,
        due_on=body.due_on,
        low=body.low,
        high=body.high,
        unit=body.unit_of_measure,
        probability=body.probability,
        note=body.note,
        source=body.source,
    )
