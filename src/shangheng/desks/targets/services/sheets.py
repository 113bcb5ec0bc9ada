"""Opening and signing target sheets, and the growth points that stand in them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.audit.conflicts import hold
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.targets.domain.sheets import PointDraft, SheetRefused, check_point
from shangheng.desks.targets.models import AcceptedBase, GrowthPoint
from shangheng.desks.targets.selectors.sheet_expected import expected_of
from shangheng.desks.targets.selectors.sheet_gates import Gate, gates_of
from shangheng.desks.targets.selectors.sheets import sheet_page
from shangheng.desks.targets.sheet_access import may_propose, may_sign, must
from shangheng.desks.targets.sheet_versions import acts_on_point, acts_on_sheet, target_of_point
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.targets import TargetRefused
from shangheng.engines.ledger.domain.units import Unit
from shangheng.engines.ledger.models import Indicator, TargetSheet
from shangheng.engines.ledger.services import targets as ledger


@transaction.atomic
def open_draft(*, actor: User, at: datetime, year: int, source: str) -> TargetSheet:
    """A new draft for a year, with targets and growth points of the version before it.

    Raises SheetRefused while another draft of that year is open.
    """
    must(may_propose(actor))
    last = TargetSheet.objects.filter(year=year).order_by("-number").first()
    try:
        sheet = ledger.open_sheet(actor=actor, at=at, year=year, source=source)
    except TargetRefused as error:
        raise SheetRefused({"year": str(error)}) from error
    points = list(GrowthPoint.objects.filter(sheet=last)) if last else []
    for point in points:
        point.pk, point.sheet = None, sheet
    GrowthPoint.objects.bulk_create(points)
    return sheet


@transaction.atomic
def add_growth_point(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    point: PointDraft,
    origin: str | None = None,
) -> GrowthPoint:
    """Name a posting to come that an indicator (by code) of a draft counts on.

    `origin` is what it was taken up from, None where somebody typed it. Raises SheetRefused by field; for another unit of measure than the indicator's with the
    converted amounts.
    """
    must(may_propose(actor))
    _must_be_open(sheet)
    keeper, _made = Indicator.objects.get_or_create(code=indicator)
    row = GrowthPoint(sheet=sheet, indicator=keeper, created_by=actor, created_at=at, origin=origin)
    _fill(row, point)
    row.save(force_insert=True)
    _record(actor, at, "targets.point.add", row, after=_told(row))
    return row


@transaction.atomic
def adopt_expected(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    known_at: datetime,
    chosen: Collection[str],
) -> list[GrowthPoint]:
    """Take up what desks offer for an indicator, as known at an instant, as growth points of a draft.

    `chosen` are the marks (`Line.mark`) of what was read and ticked. Raises StaleEdit, and takes up
    nothing, when one of them is no longer offered so or was taken up meanwhile; SheetRefused.
    """
    must(may_propose(actor))
    _must_be_open(sheet)  # whoever else takes something up waits here
    groups = expected_of(actor=actor, sheet=sheet, indicator=indicator, known_at=known_at)
    by_mark = {line.mark: line for group in groups for line in group.open}
    if not by_mark.keys() >= set(chosen):
        raise StaleEdit(sheet)
    unit = measure_of(sheet, indicator).code
    return [
        add_growth_point(
            actor=actor,
            at=at,
            sheet=sheet,
            indicator=indicator,
            point=line.draft(unit),
            origin=line.origin,
        )
        for mark, line in by_mark.items()
        if mark in chosen
    ]


@transaction.atomic
def change_growth_point(
    *,
    actor: User,
    at: datetime,
    row: GrowthPoint,
    point: PointDraft,
    seen: int | None = None,
) -> GrowthPoint:
    """Change a growth point of a draft. Raises SheetRefused as `add_growth_point` does.

    `seen` is the number of the last act on it that was known. Raises StaleEdit.
    """
    must(may_propose(actor))
    _hold_point(row, seen)
    _must_be_open(row.sheet)
    before = _told(row)
    _fill(row, point)
    row.save()
    _record(actor, at, "targets.point.change", row, before=before, after=_told(row))
    return row


@transaction.atomic
def remove_growth_point(
    *, actor: User, at: datetime, row: GrowthPoint, seen: int | None = None
) -> None:
    """Take a growth point out of a draft. Raises StaleEdit, SheetRefused."""
    must(may_propose(actor))
    _hold_point(row, seen)
    _must_be_open(row.sheet)
    _record(actor, at, "targets.point.remove", row, before=_told(row))
    row.delete()


@transaction.atomic
def sign(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    reasons: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> TargetSheet:
    """Sign a draft: from now on it is in force and frozen in the database.

    `reasons` say, by indicator, why a base that has moved is accepted; they are kept with the
    arithmetic. `seen` is the number of the last act on the sheet that was known: nobody signs what
    they have not seen. Raises StaleEdit, SheetRefused by indicator while anything else is missing.
    """
    must(may_sign(actor))
    hold(acts_on_sheet(sheet), sheet, seen=seen)
    _must_be_open(sheet)
    given = {code: reason.strip() for code, reason in (reasons or {}).items()}
    errors: dict[str, str] = {}
    for gate in gates_of(sheet_page(sheet, known_at=at)):
        reason = given.get(gate.code, "") if gate.waivable else ""
        if reason:
            _accept(actor, at, sheet, gate, reason)
        else:
            errors[gate.code] = gate.words
    if errors:
        raise SheetRefused(errors)
    try:
        return ledger.sign_sheet(actor=actor, at=at, sheet=sheet)
    except TargetRefused as error:
        raise SheetRefused(str(error)) from error


def measure_of(sheet: TargetSheet, indicator: str) -> Unit:
    """The unit of measure of an indicator in the year of a sheet. Raises UnknownIndicator."""
    return catalogue.unit_of(catalogue.definition(indicator, Period.year(sheet.year).end.last))


def _hold_point(row: GrowthPoint, seen: int | None) -> None:
    """Hold a growth point as it was seen. Raises StaleEdit when it was changed or removed since."""
    current = GrowthPoint.objects.filter(pk=row.pk)
    hold(acts_on_point(row), current.first(), seen=seen)
    if not current.exists():
        raise StaleEdit(None)


def _must_be_open(sheet: TargetSheet) -> None:
    audit.take_turn()
    current = TargetSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state != TargetSheet.DRAFT:
        raise SheetRefused(_("这一版目标表已签发，不能再改；请另开新版"))


def _fill(row: GrowthPoint, point: PointDraft) -> None:
    measure = measure_of(row.sheet, row.indicator.code)
    check_point(point, unit=catalogue.units()[point.unit], expected=measure, year=row.sheet.year)
    row.name, row.due_on, row.probability = point.name, point.due_on, point.probability
    row.low_amount, row.high_amount = measure.to_minor(point.low), measure.to_minor(point.high)
    row.note, row.source = point.note, point.source


def _accept(actor: User, at: datetime, sheet: TargetSheet, gate: Gate, reason: str) -> None:
    row = AcceptedBase.objects.create(
        sheet=sheet,
        indicator=Indicator.objects.get(code=gate.code),
        told=gate.words,
        reason=reason,
        accepted_by=actor,
        accepted_at=at,
    )
    audit.record(
        actor=actor,
        act="targets.base.accept",
        at=at,
        target=f"targets.acceptedbase:{row.pk}",
        label=gate.code,
        after={"indicator": gate.code, "told": gate.words, "reason": reason},
    )


def _told(row: GrowthPoint) -> dict[str, object]:
    """A growth point for the audit, in the indicator's unit."""
    measure = measure_of(row.sheet, row.indicator.code)
    return {
        "sheet": row.sheet_id,
        "indicator": row.indicator.code,
        "name": row.name,
        "due_on": row.due_on.isoformat(),
        "low": str(measure.from_minor(row.low_amount)),
        "high": str(measure.from_minor(row.high_amount)),
        "unit": measure.code,
        "probability": f"{row.probability:f}",
        "note": row.note,
        "source": row.source,
        **({"origin": row.origin} if row.origin else {}),
    }


def _record(
    actor: User,
    at: datetime,
    act: str,
    row: GrowthPoint,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=target_of_point(row),
        label=row.name,
        before=before,
        after=after,
    )
