"""Setting targets: drafts that can be changed, and versions that a director's signature freezes."""

from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.digest import digest, plain_line
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.targets import Base, TargetRefused, settle
from shangheng.engines.ledger.domain.units import UnfitValue
from shangheng.engines.ledger.models import Indicator, Target, TargetSheet


@transaction.atomic
def open_sheet(
    *, actor: User, at: datetime, year: int, source: str, is_sample: bool = False
) -> TargetSheet:
    """A new draft for a year; a later version starts from the targets of the one before.

    Raises TargetRefused while another draft of that year is open.
    """
    audit.take_turn()
    if TargetSheet.objects.filter(year=year, state=TargetSheet.DRAFT).exists():
        raise TargetRefused(f"{year}年已有一份未签发的目标草案，请在其上修改")
    last = TargetSheet.objects.filter(year=year).order_by("-number").first()
    sheet = TargetSheet.objects.create(
        year=year,
        number=1 + (last.number if last else 0),
        source=source,
        is_sample=is_sample,
        created_by=actor,
        created_at=at,
    )
    if last:
        copies = list(last.targets.all())
        for target in copies:
            target.pk, target.sheet = None, sheet
        Target.objects.bulk_create(copies)
    _record(actor, at, "ledger.sheet.open", sheet, after={"year": year, "number": sheet.number})
    return sheet


@transaction.atomic
def propose(
    *,
    actor: User,
    at: datetime,
    sheet: TargetSheet,
    indicator: str,
    tier: str,
    area: str,
    value: Decimal | None = None,
    growth: Decimal | None = None,
    base: Base | None = None,
    unit: OrgUnit | None = None,
    month: int = 12,
) -> Target:
    """Set or change one target of a draft. `growth` is in percent. Raises TargetRefused."""
    sheet = _open_draft(sheet)
    _check_month(month)
    if tier not in {row["code"] for row in catalogue.tiers()}:
        raise TargetRefused(f"没有“{tier}”这一目标档次")
    definition = catalogue.definition(indicator, Period.year(sheet.year).end.last)
    measure = catalogue.unit_of(definition)
    goal = settle(
        value=value,
        growth=growth,
        base=base.value if base else None,
        decimals=definition.decimals,
        unit=measure.code,
    )
    try:
        amounts = {
            "amount": measure.to_minor(goal),
            "base_amount": measure.to_minor(base.value) if base else None,
        }
    except UnfitValue as error:
        raise TargetRefused(str(error)) from error
    row, _ = Indicator.objects.get_or_create(code=indicator)
    target, created = Target.objects.update_or_create(
        sheet=sheet,
        indicator=row,
        area=area,
        unit=unit,
        tier=tier,
        month=month,
        defaults={
            **amounts,
            "growth": growth,
            "base_period": base.period if base else "",
            "base_known_at": base.known_at if base else None,
            "base_source": base.source if base else "",
        },
    )
    _record(
        actor,
        at,
        "ledger.target.propose",
        sheet,
        after={
            "indicator": indicator,
            "tier": tier,
            "month": month,
            "unit": unit.pk if unit else None,
            "value": str(goal),
            "growth": None if growth is None else str(growth),
            "base": None if base is None else str(base.value),
            "new": created,
        },
    )
    return target


@transaction.atomic
def withdraw_target(*, actor: User, at: datetime, target: Target) -> None:
    """Take a target out of a draft. Raises TargetRefused."""
    sheet = _open_draft(target.sheet)
    before = {"indicator": target.indicator.code, "tier": target.tier, "amount": target.amount}
    target.delete()
    _record(actor, at, "ledger.target.withdraw", sheet, before=before)


@transaction.atomic
def sign_sheet(*, actor: User, at: datetime, sheet: TargetSheet) -> TargetSheet:
    """Sign a draft: from now on it is in force and the database refuses to change it."""
    sheet = _open_draft(sheet)
    if not sheet.targets.exists():
        raise TargetRefused("目标表为空，不能签发")
    sheet.state, sheet.signed_by, sheet.signed_at = TargetSheet.SIGNED, actor, at
    sheet.save(update_fields=["state", "signed_by", "signed_at"])
    after = {"targets": sheet.targets.count(), "digest": digest_of_sheet(sheet)}
    _record(actor, at, "ledger.sheet.sign", sheet, after=after)
    return sheet


def digest_of_sheet(sheet: TargetSheet) -> str:
    """Over a sheet, its signature and its targets."""
    own = plain_line(sheet.year, sheet.number, sheet.state, sheet.source, sheet.signed_by_id)
    return digest([own, *map(_line_of_target, sheet.targets.order_by("pk"))])


def _line_of_target(row: Target) -> str:
    """A target as the digest takes it; decimals as the column keeps them."""
    return plain_line(
        row.indicator_id,
        row.area,
        row.unit_id,
        row.tier,
        row.month,
        row.amount,
        row.growth,
        row.base_amount,
        row.base_period,
        row.base_known_at and row.base_known_at.astimezone(UTC),
        row.base_source,
    )


def last_number(year: int) -> int:
    """The number of the latest version of a year's sheet, 0 when there is none."""
    return TargetSheet.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0


def _open_draft(sheet: TargetSheet) -> TargetSheet:
    current = TargetSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state != TargetSheet.DRAFT:
        raise TargetRefused(f"{current.year}年目标第{current.number}版已签发，请另开新版修改")
    return current


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise TargetRefused("月份应为1至12")


def _record(
    actor: User,
    at: datetime,
    act: str,
    sheet: TargetSheet,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=f"ledger.targetsheet:{sheet.pk}",
        label=f"{sheet.year}年目标第{sheet.number}版",
        before=before,
        after=after,
    )
