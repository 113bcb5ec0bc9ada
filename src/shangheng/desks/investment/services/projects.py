"""Writing projects: each act authorises, validates, and stands or falls with its row of the audit."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.database.edits import take
from shangheng.core.search import services as search
from shangheng.desks.investment.access import may, may_enter
from shangheng.desks.investment.models import Capital, Currency, Project, Status
from shangheng.desks.investment.selectors.locking import locked_fields
from shangheng.desks.investment.selectors.search import found_with
from shangheng.desks.investment.services.counting import bring_up_to_date
from shangheng.desks.investment.services.naming import with_organisations
from shangheng.desks.investment.services.writing import Values, differing, record, told
from shangheng.engines.cases.services.moving import open_case
from shangheng.engines.registry.industries import is_industry

FIELDS = (
    "name", "kind", "capital", "investor", "group", "company", "agreed_investment", "currency",
    "rate", "rate_on", "industry", "chain", "needs_land", "land_area", "parcel", "space_area",
    "longitude", "latitude", "statistics_code", "landing_unit", "tracked", "note",
)  # fmt: skip
PLACES = Decimal("0.000001")


@transaction.atomic
def enter_project(
    *,
    actor: User,
    at: datetime,
    values: Values,
    unit: OrgUnit | None = None,
    team: Iterable[User] = (),
    occurred_on: date | None = None,
    is_sample: bool = False,
) -> Project:
    """Enter a project (some of `FIELDS`) and open its case, which `actor` owns and `unit` leads.

    `occurred_on` is the day of the first milestone, today unless told. Raises ValidationError,
    PermissionDenied.
    """
    unit = unit or actor.unit
    if not may_enter(actor, unit):
        raise PermissionDenied
    foreign = values.get("capital") == Capital.FOREIGN
    values = with_organisations(actor=actor, at=at, values=values, foreign=foreign)
    row = Project(created_by=actor, created_at=at, is_sample=is_sample)
    _fill(row, values, at)
    row.save()
    row.team.set(team)
    row.case = open_case(
        actor=actor,
        at=at,
        workflow="investment_project",
        subject_id=row.pk,
        title=row.name,
        unit=unit,
        occurred_on=occurred_on,
        is_sample=is_sample,
    )
    row.save(update_fields=["case"])
    record(actor=actor, at=at, act="enter", row=row, after=told(row, (*FIELDS, "team")))
    return row


@transaction.atomic
def change_project(
    *,
    actor: User,
    at: datetime,
    row: Project,
    values: Values,
    seen: int | None,
    team: Iterable[User] | None = None,
) -> None:
    """Change some of `FIELDS`, and the team, of the version `seen`; the ledger follows.

    Raises StaleEdit, ValidationError, also for a fact that is verified; LinesRefused, PermissionDenied.
    """
    if not may(actor, row, "edit"):
        raise PermissionDenied
    take(row, seen=seen)
    row.refresh_from_db()
    before = told(row, (*FIELDS, "team"))
    foreign = values.get("capital", row.capital) == Capital.FOREIGN
    values = with_organisations(actor=actor, at=at, values=values, foreign=foreign)
    refuse_locked(row, values)
    _fill(row, values, at)
    row.save(update_fields=[*FIELDS, "agreed_cny"])
    if team is not None:
        row.team.set(team)
    old, new = differing(before, told(row, (*FIELDS, "team")))
    if "name" in new:
        row.matter.title = row.name
        row.matter.save(update_fields=["title"])
        search.index(*found_with(row))
    if new:
        record(actor=actor, at=at, act="change", row=row, before=old, after=new)
        bring_up_to_date(actor=actor, at=at, project=row)


@transaction.atomic
def set_status(
    *, actor: User, at: datetime, row: Project, status: str, reason: str, seen: int | None
) -> None:
    """Say how a project goes; anything but 正常推进 needs a reason.

    Raises StaleEdit, ValidationError, PermissionDenied.
    """
    if not may(actor, row, "edit"):
        raise PermissionDenied
    take(row, seen=seen)
    row.refresh_from_db()
    if status not in Status.values:
        raise ValidationError({"status": _("没有这种推进状态。")})
    if status != Status.ON_TRACK and not reason.strip():
        raise ValidationError({"reason": _("请写明为什么是“%s”。") % Status(status).label})
    if status == row.status and reason.strip() == row.status_reason:
        raise ValidationError({"status": _("状态和理由都没有变。")})
    before = {"status": row.status, "reason": row.status_reason}
    if status != row.status:
        row.status_since = timezone.localdate(at)
    row.status, row.status_reason = status, reason.strip()
    row.full_clean(exclude=["version", "case"])
    row.save(update_fields=["status", "status_reason", "status_since"])
    after = {"status": row.status, "reason": row.status_reason}
    record(actor=actor, at=at, act="status", row=row, before=before, after=after)


def _fill(row: Project, values: Values, at: datetime) -> None:
    """Set fields and what follows from them. Raises ValidationError."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a project has no {sorted(unknown)}")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if row.currency == Currency.CNY and row.rate is not None:
        raise ValidationError({"rate": _("人民币不填汇率。")})
    if row.rate_on and row.rate_on > timezone.localdate(at):
        raise ValidationError({"rate_on": _("汇率日期不能晚于今天。")})
    if row.industry and not is_industry(row.industry):
        message = _("“%s”不是 GB/T 4754-2017 的行业代码，例如 C39。") % row.industry
        raise ValidationError({"industry": message})
    row.agreed_cny = in_cny(row.agreed_investment, row.currency, row.rate)
    row.full_clean(exclude=["version", "case"])


def refuse_locked(row: Project, values: Values) -> None:
    """Raises ValidationError for a field that a verified milestone has fixed."""
    locked = locked_fields(row)
    fixed = [name for name in locked if name in values and values[name] != getattr(row, name)]
    if fixed:
        raise ValidationError(
            {
                name: _("“%s”已经核实，不能直接改；请核实人先冲正里程碑，改好后重新登记、核实。")
                % locked[name]
                for name in fixed
            }
        )


def in_cny(amount: Decimal | None, currency: str, rate: Decimal | None) -> Decimal | None:
    """The agreed investment in 亿元, rounded half up to 100 yuan; None while it cannot be told."""
    if amount is None or currency == Currency.CNY:
        return amount
    return None if rate is None else (amount * rate).quantize(PLACES, ROUND_HALF_UP)
