"""Operations about the audit, for auditors."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shangheng.core.accounts.access import permission_required
from shangheng.core.api.fields import Key
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.wording import lazy as _
from shangheng.core.audit.models import Row
from shangheng.core.audit.selectors import Search

router = Router(tags=["audit"])


class AuditFilters(Paging):
    """What of the audit is looked for."""

    actor: str = Field("", max_length=100, description=_("人员姓名的一部分。"))
    act: str = Field("", max_length=60, description=_("操作代码。"))
    target: str = Field("", max_length=200, description=_("对象，如 ledger.posting:12，或其开头。"))
    since: date | None = Field(None, description=_("自这一天起。"))
    until: date | None = Field(None, description=_("至这一天止。"))


class AuditRow(Schema):
    """One act. `hash` chains it to the row before (`previous_hash`)."""

    number: int
    at: datetime
    actor_id: int | None
    actor_name: str
    act: str
    target: str
    label: str
    before: Any
    after: Any
    address: str
    previous_hash: str
    hash: str


@router.get("rows", response=Page[AuditRow], summary=_("审计记录"))
@permission_required("audit.view")
def list_audit_rows(
    request: HttpRequest, response: HttpResponse, filters: Query[AuditFilters]
) -> dict[str, object]:
    """The acts found, the latest first."""
    search = Search(
        actor=filters.actor,
        act=filters.act,
        target=filters.target,
        since=filters.since,
        until=filters.until,
    )
    return paged(request, response, search.rows(), filters, lambda rows: list(map(_row, rows)))


@router.get("rows/{int:number}", response=AuditRow, summary=_("一条审计记录"))
@permission_required("audit.view")
def get_audit_row(request: HttpRequest, number: Key) -> AuditRow:
    """One act."""
    del request
    row = Row.objects.filter(number=number).first()
    if row is None:
        raise Http404
    return _row(row)


def _row(row: Row) -> AuditRow:
    names = AuditRow.model_fields
    return AuditRow(**{name: getattr(row, name) for name in names})
