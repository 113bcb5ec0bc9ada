"""Operations: indicators, figures and what stands behind one, conflicts."""

from datetime import datetime
from typing import Annotated, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from shangheng.core.accounts.access import permission_required
from shangheng.core.api.fields import Instant, Number
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.problems import wrong
from shangheng.core.api.wording import lazy as _
from shangheng.desks.targets.api.shapes import (
    FigureOut,
    IndicatorBrief,
    IndicatorOut,
    figure_out,
    indicator_brief,
    indicator_out,
)
from shangheng.desks.targets.selectors.provenance import Provenance, provenance
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.domain.period import BadPeriod, Period
from shangheng.engines.ledger.domain.query import BadReference, Counting, parse_reference
from shangheng.engines.ledger.domain.query import Query as Question
from shangheng.engines.ledger.selectors.conflicts import Conflict, conflicts
from shangheng.engines.ledger.selectors.figures import figures

router = Router(tags=["targets"])

PeriodText = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}(-Q[1-4]|-\d{2}(/\d{4}-\d{2})?)?$", max_length=15),
]
AreaCode = Annotated[str, StringConstraints(pattern=r"^\d{6,12}$")]


class IndicatorFilters(Paging):
    """Which indicators."""

    section: str = Field("", max_length=40, description=_("业务条线的代码。"))
    q: str = Field("", max_length=100, description=_("名称、别名或代码的一部分。"))
    headline: bool | None = Field(None, description=_("是否主要指标。"))
    sort: Literal["section", "code", "-code"] = "section"


class FigureQuestion(Schema):
    """What is asked of the ledger."""

    indicator: list[str] = Field(
        min_length=1, max_length=100, description=_("一个或多个指标代码。")
    )
    period: PeriodText = Field(description=_("时期：2021、2021-Q3、2021-10、2021-01/2021-10。"))
    area: AreaCode | None = Field(None, description=_("地区代码，默认本地区。"))
    counting: Counting = Field(Counting.RECOGNISED, description=_("只计已认定，或含待认定。"))
    known_at: Instant | None = Field(None, description=_("以这一时刻所知为准，默认现在。"))


class MomentOut(Schema):
    """What a figure was known to be from a day on."""

    known_on: str
    value: Number | None
    change: Number | None


class ConflictOut(Schema):
    """Figures that cannot all be right; shown, never repaired."""

    kind: str
    key: str
    indicators: list[str]
    message: str
    sources: list[str]
    figures: list[str] = Field(description=_("所涉数字的引用地址。"))


class FigureWhole(FigureOut):
    """A figure with what stands behind it; its postings are found by the list of postings."""

    formula: str
    evidence: int = Field(description=_("不同凭证的件数。"))
    moments: list[MomentOut]
    conflicts: list[ConflictOut]
    operands: list[FigureOut] = Field(description=_("各组成数。"))


@router.get("indicators", response=Page[IndicatorBrief], summary=_("指标"))
@permission_required("targets.view")
def list_indicators(
    request: HttpRequest, response: HttpResponse, filters: Query[IndicatorFilters]
) -> dict[str, object]:
    """The indicators that the bureau keeps."""
    text, day = filters.q.casefold(), timezone.localdate()
    found = [
        one
        for one in catalogue.indicators().values()
        if filters.section in {"", one.section}
        and filters.headline in {None, one.headline}
        and any(text in name.casefold() for name in (one.zh, one.en, one.code, *one.aliases))
    ]
    if filters.sort != "section":
        found.sort(key=lambda one: one.code, reverse=filters.sort == "-code")
    return paged(
        request, response, found, filters, lambda some: [indicator_brief(i, day) for i in some]
    )


@router.get("indicators/{code}", response=IndicatorOut, summary=_("一个指标"))
@permission_required("targets.view")
def get_indicator(request: HttpRequest, code: str) -> IndicatorOut:
    """An indicator with every version of its definition."""
    del request
    try:
        return indicator_out(catalogue.indicator(code), timezone.localdate())
    except UnknownIndicator as error:
        raise Http404 from error


@router.get("figures", response=list[FigureOut], summary=_("数字"))
@permission_required("targets.view")
def list_figures(request: HttpRequest, question: Query[FigureQuestion]) -> list[FigureOut]:
    """Figures of one period, read together as known at one instant."""
    del request
    period = read_period(question.period)
    queries = [
        Question(code, period, question.area or settings.HOME_AREA, counting=question.counting)
        for code in question.indicator
    ]
    try:
        answers = figures(queries, known_at=_past(question.known_at))
    except UnknownIndicator as error:
        raise wrong("query.indicator", str(error)) from error
    return [figure_out(one) for one in answers]


@router.get("figures/{path:reference}", response=FigureWhole, summary=_("一个数字的来历"))
@permission_required("targets.view")
def get_figure(request: HttpRequest, reference: str) -> FigureWhole:
    """The figure behind a reference, and what stands behind it."""
    del request
    try:
        query, known_at = parse_reference(reference)
        return _whole(provenance(query, known_at=_past(known_at)))
    except (BadReference, UnknownIndicator) as error:
        raise Http404 from error


@router.get("conflicts", response=list[ConflictOut], summary=_("矛盾"))
@permission_required("targets.view")
def list_conflicts(
    request: HttpRequest,
    year: Annotated[int, Query(ge=1950, le=2200)],
    area: Annotated[AreaCode | None, Query()] = None,
    known_at: Annotated[Instant | None, Query()] = None,
) -> list[ConflictOut]:
    """What does not hold in a year: identities, published figures, bases, vouchers used twice."""
    del request
    found = conflicts(area or settings.HOME_AREA, year, known_at=_past(known_at))
    return [_conflict(one) for one in found]


def _whole(page: Provenance) -> FigureWhole:
    answer = figure_out(page.figure)
    return FigureWhole(
        **answer.model_dump(),
        formula=page.formula,
        evidence=page.evidence,
        moments=[
            MomentOut(known_on=one.known_on.isoformat(), value=one.value, change=one.change)
            for one in page.moments
        ],
        conflicts=[_conflict(one) for one in page.conflicts],
        operands=[figure_out(part) for part in page.figure.parts],
    )


def _conflict(found: Conflict) -> ConflictOut:
    return ConflictOut(
        kind=found.kind,
        key=found.key,
        indicators=list(found.indicators),
        message=found.message,
        sources=list(found.sources),
        figures=[figure.reference for figure in found.figures],
    )


def read_period(text: str) -> Period:
    """The period of a parameter. Raises Problem (422)."""
    try:
        return Period.parse(text)
    except BadPeriod as error:
        raise wrong("query.period", str(error)) from error


def _past(known_at: datetime | None) -> datetime:
    """An instant in the future shows what is known now."""
    now = timezone.now()
    return min(known_at, now) if known_at else now
