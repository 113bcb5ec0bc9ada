"""Operations: postings read, made, borne out and taken back."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Amount, Key
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.problems import FieldError, Problem, wrong
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.core.lists.declaring import Asked
from shangheng.core.lists.finding import narrowed, ordered
from shangheng.core.ui.moment import Moment
from shangheng.desks.targets.access import access_posting
from shangheng.desks.targets.api.figures import PeriodText, read_period
from shangheng.desks.targets.api.shapes import (
    PostingOut,
    PostingWhole,
    StatusName,
    posting_whole,
    postings_out,
)
from shangheng.desks.targets.listings.postings import POSTINGS
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.services.postings import attach_vouchers, post_facts
from shangheng.engines.evidence.selectors import visible_to
from shangheng.engines.ledger.domain.line import SUBJECT_LENGTH, Line, LineError, LinesRefused
from shangheng.engines.ledger.domain.status import Status as Standing
from shangheng.engines.ledger.models import NOTE_LENGTH, SOURCE_LENGTH
from shangheng.engines.ledger.services.posting import reverse

router = Router(tags=["targets"])

Sort = Literal[
    "day", "-day", "recorded", "-recorded", "name", "-name", "unit", "-unit", "amount", "-amount"
]


class PostingFilters(Paging):
    """Which postings, in which order."""

    period: PeriodText | None = Field(None, description=_("发生的时期。"))
    indicator: str = Field("", max_length=100)
    unit: Key | None = Field(None, description=_("责任单位的编号。"))
    area: str = Field("", max_length=12)
    status: StatusName | None = Field(None, description=_("有数额处于这一状态的。"))
    evidence: Literal["", "with", "without"] = ""
    sample: Literal["", "yes", "no"] = ""
    q: str = Field("", max_length=100, description=_("编号、对象、来源、凭证或经办人。"))
    sort: Sort = "-day"


class LineIn(Schema):
    """One fact to post."""

    indicator: str = Field(max_length=100)
    unit: Key = Field(description=_("责任单位的编号。"))
    value: Amount
    unit_of_measure: str = Field(max_length=20, description=_("计量单位的代码，须与口径一致。"))
    occurred_on: date
    area: str = Field("", max_length=12, description=_("默认本地区。"))
    dimensions: dict[str, str] = Field(default_factory=dict)
    subject: str = Field("", max_length=SUBJECT_LENGTH)
    evidence: list[Key] = Field(default_factory=list, max_length=50, description=_("凭证编号。"))


class EntryIn(Schema):
    """Facts that are posted together: all or none."""

    source: str = Field(min_length=1, max_length=SOURCE_LENGTH, description=_("数据来源。"))
    note: str = Field("", max_length=NOTE_LENGTH)
    lines: list[LineIn] = Field(min_length=1, max_length=1000)


class EntryOut(Schema):
    """An entry with its postings."""

    entry: int
    postings: list[PostingOut]


class ReasonIn(Schema):
    """Why."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        min_length=1, max_length=NOTE_LENGTH
    )


class EvidenceIn(Schema):
    """Vouchers to attach, uploaded before."""

    evidence: list[Key] = Field(min_length=1, max_length=50)


@router.get("postings", response=Page[PostingOut], summary=_("入账记录"))
@permission_required("targets.view")
def list_postings(
    request: HttpRequest, response: HttpResponse, filters: Query[PostingFilters]
) -> dict[str, object]:
    """The postings within reach, narrowed and sorted as on the page."""
    period = read_period(filters.period) if filters.period else None
    status = Standing[filters.status.upper()] if filters.status else ""
    values = {
        "q": filters.q,
        "indicator": filters.indicator,
        "unit": str(filters.unit or ""),
        "area": filters.area,
        "status": str(int(status)) if status else "",
        "evidence": filters.evidence,
        "sample": filters.sample,
    }
    moment = Moment(str(period or ""), None, timezone.now())
    asked = Asked(person_of(request), moment, values=values)
    rows = ordered(POSTINGS, narrowed(POSTINGS, asked, whole=period is None), filters.sort)
    return paged(request, response, reading.read(rows), filters, postings_out)


@router.post("postings", response={201: EntryOut}, summary=_("填报"))
@permission_required("targets.post")
def create_postings(
    request: HttpRequest, response: HttpResponse, body: EntryIn
) -> Status[EntryOut]:
    """Post facts for units within reach, all or none."""
    actor = person_of(request)
    _must_see(actor, [key for line in body.lines for key in line.evidence])
    entry = post_facts(
        actor=actor,
        at=timezone.now(),
        lines=[_line(line) for line in body.lines],
        source=body.source,
        note=body.note,
    )
    made = list(reading.read(entry.postings.order_by("pk")))
    response["Location"] = f"/api/v1/targets/postings/{made[0].pk}"
    return Status(201, EntryOut(entry=entry.pk, postings=postings_out(made)))


@router.get("postings/{int:pk}", response=PostingWhole, summary=_("一条入账记录"))
@permission_required("targets.view")
def get_posting(request: HttpRequest, pk: Key) -> PostingWhole:
    """A posting with its recognition."""
    return posting_whole(access_posting(actor=person_of(request), pk=pk))


@router.post("postings/{int:pk}/reversal", response={201: PostingWhole}, summary=_("冲销"))
@guarded
@permission_required("targets.post")
def create_reversal(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ReasonIn
) -> Status[PostingWhole]:
    """Take a posting back by its opposite, which is answered; what was recorded stays."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="edit")
    with unchanged(request, lambda: posting_whole(posting)):
        entry = reverse(actor=actor, at=timezone.now(), postings=[pk], reason=body.reason)
    shown = posting_whole(reading.read(entry.postings.all()).get())
    return made(response, shown, f"/api/v1/targets/postings/{shown.id}")


@router.post("postings/{int:pk}/evidence", response={201: PostingWhole}, summary=_("补附凭证"))
@guarded
@permission_required("targets.post")
def attach_evidence(
    request: HttpRequest, response: HttpResponse, pk: Key, body: EvidenceIn
) -> Status[PostingWhole]:
    """Attach vouchers that were uploaded before."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="edit")
    _must_see(actor, body.evidence)
    with unchanged(request, lambda: posting_whole(posting)):
        attach_vouchers(actor=actor, at=timezone.now(), posting=posting, documents=body.evidence)
    shown = posting_whole(access_posting(actor=actor, pk=pk, to="edit"))
    return made(response, shown, f"/api/v1/targets/postings/{pk}")


def _must_see(actor: User, keys: Iterable[int]) -> None:
    """A voucher that the actor may not see does not exist for them."""
    wanted = set(keys)
    seen = set(visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := sorted(wanted - seen):
        numbers = _("、").join(f"#{key}" for key in missing)
        raise wrong("body.evidence", _("没有这些凭证，或您看不到：%s") % numbers)


def _line(line: LineIn) -> Line:
    return Line(
        indicator=line.indicator,
        unit_id=line.unit,
        area=line.area or settings.HOME_AREA,
        value=line.value,
        unit_of_measure=line.unit_of_measure,
        occurred_on=line.occurred_on,
        dimensions=line.dimensions,
        subject=line.subject,
        documents=tuple(line.evidence),
    )


NAMES = {"documents": "evidence"}


def lines_refused(error: LinesRefused) -> Problem:
    """Every line and field that the ledger refuses."""
    errors = [FieldError(_place(one), "refused", one.message) for one in error.errors]
    return Problem(422, _("没有入账：请改正所列的各项后重试。"), errors)


def _place(error: LineError) -> str:
    if error.field in {"source", "note"}:
        return f"body.{error.field}"
    return f"body.lines.{error.index}.{NAMES.get(error.field, error.field)}"
