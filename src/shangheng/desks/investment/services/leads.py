"""Writing leads: each act authorises, validates, and stands or falls with its row of the audit."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.database.edits import take
from shangheng.core.dictionaries.selectors import value
from shangheng.desks.investment.access import may, may_enter
from shangheng.desks.investment.models import Lead
from shangheng.desks.investment.services.naming import with_organisations
from shangheng.desks.investment.services.writing import Values, differing, record, told
from shangheng.engines.cases.services.moving import open_case
from shangheng.engines.registry.industries import is_industry

FIELDS = (
    "title", "source", "referrer", "investor", "industry", "expected_investment", "contact_name",
    "contact_phone", "content", "first_talker", "first_talked_on", "assessment", "reply",
)  # fmt: skip


@transaction.atomic
def enter_lead(
    *,
    actor: User,
    at: datetime,
    values: Values,
    unit: OrgUnit | None = None,
    is_sample: bool = False,
) -> Lead:
    """Enter a lead (some of `FIELDS`) and open its case: its first clock begins, it lies in the pool.

    Raises ValidationError, PermissionDenied.
    """
    unit = unit or actor.unit
    if not may_enter(actor, unit):
        raise PermissionDenied
    values = with_organisations(actor=actor, at=at, values=values, foreign=False)
    row = Lead(created_by=actor, created_at=at, is_sample=is_sample)
    _fill(row, values, timezone.localdate(at))
    row.save()
    row.case = open_case(
        actor=actor,
        at=at,
        workflow="investment_lead",
        subject_id=row.pk,
        title=row.title,
        unit=unit,
        is_sample=is_sample,
    )
    row.save(update_fields=["case"])
    record(actor=actor, at=at, act="enter", row=row, after=told(row, FIELDS))
    return row


@transaction.atomic
def change_lead(*, actor: User, at: datetime, row: Lead, values: Values, seen: int | None) -> None:
    """Change some of `FIELDS` of the version `seen`. Raises StaleEdit, ValidationError,
    PermissionDenied."""
    if not may(actor, row, "edit"):
        raise PermissionDenied
    take(row, seen=seen)
    row.refresh_from_db()
    before = told(row, FIELDS)
    values = with_organisations(actor=actor, at=at, values=values, foreign=False)
    _fill(row, values, timezone.localdate(at))
    row.save(update_fields=FIELDS)
    old, new = differing(before, told(row, FIELDS))
    if "investor" in new and row.duplicate_checked:
        row.duplicate_checked = False  # another investor has not been checked
        row.save(update_fields=["duplicate_checked"])
    if "title" in new:
        row.matter.title = row.title
        row.matter.save(update_fields=["title"])
    if new:
        record(actor=actor, at=at, act="change", row=row, before=old, after=new)


def _fill(row: Lead, values: Values, today: date) -> None:
    """Set fields. Raises ValidationError."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a lead has no {sorted(unknown)}")
    for name, entered in values.items():
        setattr(row, name, entered.strip() if isinstance(entered, str) else entered)
    if value("lead_sources", row.source) is None:
        raise ValidationError({"source": _("没有这种线索来源。")})
    if row.first_talked_on and row.first_talked_on > today:
        raise ValidationError({"first_talked_on": _("首谈日期不能晚于今天。")})
    if row.industry and not is_industry(row.industry):
        message = _("“%s”不是 GB/T 4754-2017 的行业代码，例如 C39。") % row.industry
        raise ValidationError({"industry": message})
    row.full_clean(exclude=["version", "case"])
