"""Operations: what other desks expect, read and taken up as growth points of a draft."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api.fields import Key, Number
from shangheng.core.api.problems import Problem
from shangheng.core.api.schema import guarded
from shangheng.core.api.wording import lazy as _
from shangheng.core.database.edits import StaleEdit
from shangheng.desks.targets.api.sheet_edits import Code, draft_only, made_by
from shangheng.desks.targets.api.sheets import SheetOut, router
from shangheng.desks.targets.selectors.sheet_expected import Group, Line, expected_of
from shangheng.desks.targets.services.sheets import adopt_expected
from shangheng.desks.targets.sheet_access import access_sheet
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.expectations import offers
from shangheng.engines.ledger.models import TargetSheet


class ExpectedLine(Schema):
    """A posting to come, in the indicator's unit, and the growth point that was made of it."""

    mark: str = Field(description=_("采用时照样送回；其中的数一变，它也变。"))
    name: str
    due_on: date
    low: Number
    high: Number
    probability: Number = Field(description=_("到年底能够实现的概率，以%计。"))
    note: str
    point: int | None = Field(description=_("已采用为哪个增长点；没有采用为 null。"))
    differs: bool = Field(description=_("采用之后，预测已与表里不同。"))


class ExpectedGroup(Schema):
    """What one desk expects."""

    offer: str
    name: str
    seen: bool = Field(description=_("是否有权看这些预测。"))
    source: str
    unlisted: int = Field(description=_("因为平均带来得少而没有列出的个数。"))
    empty: str = Field(description=_("没有可采用的原因。"))
    lines: list[ExpectedLine]


class ChosenIn(Schema):
    """What was read and is taken up."""

    marks: list[str] = Field(min_length=1, max_length=500)


@router.get(
    "sheets/{int:pk}/indicators/{str:code}/expected",
    response=list[ExpectedGroup],
    summary=_("可从预测采用的增长点"),
)
@permission_required("targets.propose")
def list_expected(request: HttpRequest, pk: Key, code: Code) -> list[ExpectedGroup]:
    """What is expected of an indicator in the year of a draft, as known now."""
    actor = person_of(request)
    sheet = _draft(request, pk, code)
    try:
        found = expected_of(actor=actor, sheet=sheet, indicator=code, known_at=timezone.now())
    except UnknownIndicator as error:
        raise Http404 from error
    return [_group(one) for one in found]


@router.post(
    "sheets/{int:pk}/indicators/{str:code}/expected",
    response={201: SheetOut},
    summary=_("从预测采用增长点"),
)
@guarded
@permission_required("targets.propose")
def take_up(
    request: HttpRequest, response: HttpResponse, pk: Key, code: Code, body: ChosenIn
) -> Status[SheetOut]:
    """Take up what was read: all of it, or nothing where any of it has changed."""
    _draft(request, pk, code)
    actor, now = person_of(request), timezone.now()

    def adopt(sheet: TargetSheet) -> None:
        adopt_expected(
            actor=actor, at=now, sheet=sheet, indicator=code, known_at=now, chosen=body.marks
        )

    try:
        return made_by(request, response, pk, adopt)
    except StaleEdit as error:
        told = _("所选的有些已变或已被采用，什么也没有采用；请重新读取。")
        raise Problem(409, str(told)) from error
    except UnknownIndicator as error:
        raise Http404 from error


def _draft(request: HttpRequest, pk: int, code: str) -> TargetSheet:
    sheet = access_sheet(actor=person_of(request), pk=pk)
    draft_only(sheet)
    if not offers(code):
        raise Http404
    return sheet


def _group(group: Group) -> ExpectedGroup:
    told = group.told
    return ExpectedGroup(
        offer=group.offer.code,
        name=str(group.offer.label),
        seen=told is not None,
        source=told.source if told else "",
        unlisted=told.more if told else 0,
        empty=told.empty if told and not group.lines else "",
        lines=[_line(one) for one in group.lines],
    )


def _line(line: Line) -> ExpectedLine:
    item = line.item
    return ExpectedLine(
        mark=line.mark,
        name=item.name,
        due_on=item.due_on,
        low=item.low,
        high=item.high,
        probability=item.chance,
        note=item.note,
        point=line.row.pk if line.row else None,
        differs=line.differs,
    )
