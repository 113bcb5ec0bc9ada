"""Setting targets: drafts that can be changed, and versions that a director's signature freezes."""

from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit import services as audit
from shangheng.core.search.services import index
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.digest import digest, plain_line
from shangheng.engines.ledger.domain.indicator import Definition
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
        raise TargetRefused(_("%d年已有一份未签发的目标草案，请在其上修改") % year)
    last = TargetSheet.objects.filter(year=year).order_by("-number").first()
    sheet = TargetSheet.objects.create(
        year=year,
        number=1 + (last.number if last else 0),
        source=source,
        is_sample=is_sample,
        created_by=actor,
        created_at=at,
    )
    index(sheet)
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
    _check(tier, month)
    definition = catalogue.definition(indicator, Period.year(sheet.year).end.last)
    goal = settle(
        value=value,
        growth=growth,
        base=base.value if base else None,
        decimals=definition.decimals,
        unit=catalogue.unit_after(definition.unit),
    )
    row = Indicator.objects.get_or_create(code=indicator)[0]
    target, created = Target.objects.update_or_create(
        sheet=sheet,
        indicator=row,
        area=area,
        unit=unit,
        tier=tier,
        month=month,
        defaults={
            "amount": _stored(goal, definition),
            "growth": growth,
            "base_amount": _stored(base.value, definition) if base else None,
            "base_period": base.period if base else "",
            "base_known_at": base.known_at if base else None,
            "base_source": base.source if base else "",
        },
    )
    told: dict[str, object] = {"value": goal, "growth": growth, "base": base and base.value}
    told |= {"indicator": indicator, "tier": tier, "month": month, "unit": unit and unit.pk}
    _record(actor, at, "ledger.target.propose", sheet, after={**told, "new": created})
    return target


@transaction.atomic
def withdraw_target(*, actor: User, at: datetime, target: Target) -> None:
    """Take a target out of a draft. Raises TargetRefused."""
    sheet = _open_draft(target.sheet)
    before = {"indicator": target.indicator.code, "tier": target.tier, "amount": target.amount}
    before |= {"month": target.month, "unit": target.unit_id}
    target.delete()
    _record(actor, at, "ledger.target.withdraw", sheet, before=before)


@transaction.atomic
def sign_sheet(*, actor: User, at: datetime, sheet: TargetSheet) -> TargetSheet:
    """Sign a draft: from now on it is in force and the database refuses to change it."""
    sheet = _open_draft(sheet)
    if not sheet.targets.exists():
        raise TargetRefused(_("目标表为空，不能签发"))
    sheet.state, sheet.signed_by, sheet.signed_at = TargetSheet.SIGNED, actor, at
    sheet.save(update_fields=["state", "signed_by", "signed_at"])
    after = {"targets": sheet.targets.count(), "digest": digest_of_sheet(sheet)}
    _record(actor, at, "ledger.sheet.sign", sheet, after=after)
    return sheet


def digest_of_sheet(sheet: TargetSheet) -> str:
    """Over a sheet, its signature and its targets."""
    own = plain_line(sheet.year, sheet.number, sheet.state, sheet.source, sheet.signed_by_id)
    return digest([own, *map(_line_of_target, sheet.targets.order_by("pk"))])


def target_of_sheet(sheet: TargetSheet) -> str:
    """How the audit names a sheet."""
    return f"ledger.targetsheet:{sheet.pk}"


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


def _open_draft(sheet: TargetSheet) -> TargetSheet:
    audit.take_turn()
    current = TargetSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state != TargetSheet.DRAFT:
        words = {"year": current.year, "number": current.number}
        raise TargetRefused(_("%(year)d年目标第%(number)d版已签发，请另开新版修改") % words)
    return current


def _check(tier: str, month: int) -> None:
    if tier not in {row["code"] for row in catalogue.tiers()}:
        raise TargetRefused(_("没有“%s”这一目标档次") % tier)
    if not 1 <= month <= 12:
        raise TargetRefused(_("月份应为1至12"))


def _stored(value: Decimal, definition: Definition) -> int:
    try:
        return catalogue.unit_of(definition).to_minor(value)
    except UnfitValue as error:
        raise TargetRefused(str(error)) from error


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
        target=target_of_sheet(sheet),
        label=f"{sheet.year}年目标第{sheet.number}版",  # zh-data: kept in the audit
        before=before,
        after=after,
    )
