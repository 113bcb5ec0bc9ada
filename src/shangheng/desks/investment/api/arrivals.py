"""Operations: money in place."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Amount, Key
from shangheng.core.api.paging import Page, Paging, listed, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.access import access_arrival, access_project
from shangheng.desks.investment.api.common import SHORT, Evidence, ReasonIn, documents_named
from shangheng.desks.investment.api.shapes import ArrivalOut, arrival_out
from shangheng.desks.investment.listings.money import ARRIVALS
from shangheng.desks.investment.selectors.money import lines_of
from shangheng.desks.investment.services import money as services

router = Router(tags=["investment"])


class ArrivalFilters(Paging):
    """Which arrivals, in which order."""

    tab: Literal["all", "claimed", "submitted", "recognised", "rejected", "back"] = Field(
        "all", description=_("未撤销的全部、待报、已报待认定、已认定、拒统、已撤销。")
    )
    q: str = Field("", max_length=SHORT, description=_("项目、付款方、凭证号或编号。"))
    project: Key | None = Field(None, description=_("项目的编号。"))
    unit: Key | None = Field(None, description=_("牵头单位的编号。"))
    kind: str = Field("", max_length=40, description=_("凭证种类的代码。"))
    since: date | None = Field(None, description=_("到账不早于。"))
    until: date | None = Field(None, description=_("到账不晚于。"))
    sort: Literal["day", "-day", "entered", "-entered", "counted", "-counted"] = "-day"


class ArrivalIn(Schema):
    """Money that arrived, by its voucher."""

    paid_on: date
    kind: str = Field(max_length=40, description=_("凭证种类的代码。"))
    number: str = Field("", max_length=60, description=_("凭证号；同一种类同一号只计一次。"))
    payer: str = Field("", max_length=200, description=_("付款方的名称或统一社会信用代码。"))
    amount: Amount = Field(description=_("凭证金额，万（币种见 currency）；累计性凭证填累计数。"))
    currency: Literal["CNY", "USD", "EUR", "HKD", "JPY", "GBP"] = "CNY"
    rate: Amount | None = Field(None, description=_("1单位外币折多少人民币；人民币不填。"))
    rate_on: date | None = None
    cumulated_from: date | None = Field(None, description=_("累计性凭证从哪一天起累计。"))
    industrial: bool = Field(description=_("是否投向产业，同时计入产业到资。"))
    note: str = Field("", max_length=500)
    doubt_note: str = Field("", max_length=300, description=_("可能重复仍登记的理由。"))
    evidence: Evidence = []


@router.get("arrivals", response=Page[ArrivalOut], summary=_("到资"))
@permission_required("investment.view")
def list_arrivals(
    request: HttpRequest, response: HttpResponse, filters: Query[ArrivalFilters]
) -> dict[str, object]:
    """The arrivals within reach, narrowed and sorted as on the page."""
    rows = listed(request, ARRIVALS, filters).prefetch_related("documents")
    return paged(
        request, response, rows, filters, lambda some: [arrival_out(one) for one in lines_of(some)]
    )


@router.post("projects/{int:pk}/arrivals", response={201: ArrivalOut}, summary=_("登记到资"))
@permission_required("investment.edit")
def create_arrival(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ArrivalIn
) -> Status[ArrivalOut]:
    """Enter money that arrived for a project; the ledger holds it at once. One voucher counts once:
    what looks like a used one needs `doubt_note`."""
    actor = person_of(request)
    project = access_project(actor=actor, pk=pk, to="edit")
    values: dict[str, Any] = body.model_dump()
    documents = documents_named(actor, values.pop("evidence"), "body.evidence")
    row = services.enter_arrival(
        actor=actor, at=timezone.now(), project=project, values=values, documents=documents
    )
    return made(response, _shown(actor, row.pk), f"/api/v1/investment/arrivals/{row.pk}")


@router.get("arrivals/{int:pk}", response=ArrivalOut, summary=_("一笔到资"))
@permission_required("investment.view")
def get_arrival(request: HttpRequest, pk: Key) -> ArrivalOut:
    """An arrival with where it stands on its way through the city."""
    return _shown(person_of(request), pk)


@router.post("arrivals/{int:pk}/reversal", response={201: ArrivalOut}, summary=_("撤销到资"))
@guarded
@permission_required("investment.edit")
def take_back_arrival(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReasonIn
) -> Status[ArrivalOut]:
    """Take an arrival back: the ledger is reversed, its voucher is free again."""
    actor = person_of(request)
    row = access_arrival(actor=actor, pk=pk, to="edit")
    with unchanged(request, lambda: _shown(actor, pk)):
        services.take_back_arrival(actor=actor, at=timezone.now(), row=row, reason=body.reason)
    return made(response, _shown(actor, pk), f"/api/v1/investment/arrivals/{pk}")


def _shown(actor: User, pk: int) -> ArrivalOut:
    [line] = lines_of([access_arrival(actor=actor, pk=pk)])
    return arrival_out(line)
