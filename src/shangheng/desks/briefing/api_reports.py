"""The desk's operations of the API: reports read, opened, written, pinned and taken away."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.api import problems, routers
from shangheng.core.api.fields import Instant, Key, Number
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.briefing.access import access_report
from shangheng.desks.briefing.catalogue import UnknownTemplate
from shangheng.desks.briefing.domain.told import Refused
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.selectors.findings import stored_findings
from shangheng.desks.briefing.selectors.reports import filtered
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.services.downloads import MEDIA, download
from shangheng.engines.ledger.domain.period import BadPeriod, Period

router = Router(tags=["briefing"])

StateName = Literal["", "draft", "checked", "signed", "issued", "withdrawn", "superseded"]


class ReportFilters(Paging):
    """Which reports."""

    state: StateName = ""
    template: str = Field("", max_length=40)
    q: str = Field("", max_length=100, description=_("标题的一部分。"))


class ReportBrief(Schema):
    """A report in the list."""

    id: int
    title: str
    template: str
    period: str
    area: str
    state: str
    unit: UnitBrief | None
    owner: str
    created_at: datetime
    build: int | None = Field(description=_("当前定稿的编号；改动后为 null。"))
    supersedes: int | None


class NumberOut(Schema):
    """A number that a report printed, with what it leads back to."""

    text: str
    value: Number
    unit: str
    measure: str
    reference: str = Field(description=_("凭它随时得到同一个数。"))


class BindingOut(Schema):
    """One binding of the text with what it printed."""

    source: str
    text: str
    missing: str = Field(description=_("缺数时的原因。"))
    numbers: list[NumberOut]


class ReportFindingOut(Schema):
    """What was found doubtful when the report was pinned."""

    key: str
    kind: str
    message: str
    severity: str = Field(description=_("error 未经说明不能签发。"))


class BuildOut(Schema):
    """A text with every figure as known at an instant; it never changes."""

    id: int
    known_at: datetime
    built_at: datetime
    built_by: str
    text_hash: str
    figures: list[BindingOut]
    findings: list[ReportFindingOut]


class ReportOut(ReportBrief):
    """A report with its latest text and its build."""

    draft: int = Field(description=_("文字的最新稿次。"))
    text: str
    pinned: BuildOut | None


class ReportIn(Schema):
    """A report to open from a template."""

    template: str = Field(max_length=40)
    period: str = Field(
        max_length=20, description=_("时期：2021、2021-Q3、2021-10、2021-01/2021-10。")
    )
    title: str = Field("", max_length=200)


class TextIn(Schema):
    """A new version of the text."""

    text: str = Field(max_length=500_000)
    title: str = Field("", max_length=200)
    note: str = Field("", max_length=200)


class BuildIn(Schema):
    """As known at which instant."""

    known_at: Instant | None = None


@router.get("reports", response=Page[ReportBrief], summary=_("材料"))
@permission_required("briefing.view")
def list_reports(
    request: HttpRequest, response: HttpResponse, filters: Query[ReportFilters]
) -> dict[str, object]:
    """The reports within reach, the latest first."""
    rows = filtered(
        person_of(request), state=filters.state, template=filters.template, words=filters.q
    )
    return paged(
        request, response, rows, filters, lambda some: [ReportBrief(**_brief(row)) for row in some]
    )


@router.post("reports", response={201: ReportOut}, summary=_("新建材料"))
@permission_required("briefing.write")
def create_report(
    request: HttpRequest, response: HttpResponse, body: ReportIn
) -> Status[ReportOut]:
    """Open a report with the text of a template."""
    try:
        period = Period.parse(body.period)
    except BadPeriod as error:
        raise problems.wrong("body.period", str(error)) from error
    report = writing.create_report(
        actor=person_of(request),
        at=timezone.now(),
        template=body.template,
        period=period,
        title=body.title,
    )
    return _made(response, report)


@router.get("reports/{int:pk}", response=ReportOut, summary=_("一份材料"))
@permission_required("briefing.view")
def get_report(request: HttpRequest, pk: Key) -> ReportOut:
    """A report with its latest text and every figure that its build printed."""
    return report_out(access_report(actor=person_of(request), pk=pk))


@router.post("reports/{int:pk}/drafts", response={201: ReportOut}, summary=_("保存文字"))
@guarded
@permission_required("briefing.write")
def save_report_text(
    request: HttpRequest, response: HttpResponse, pk: Key, body: TextIn
) -> Status[ReportOut]:
    """Add a version of the text; a build of an older one is no longer the report's."""
    actor = person_of(request)
    report = access_report(actor=actor, pk=pk, to="write")
    with unchanged(request, lambda: report_out(report)):
        writing.save_draft(
            actor=actor,
            at=timezone.now(),
            report=report,
            text=body.text,
            base=writing.latest(report).number,
            title=body.title,
            note=body.note,
        )
    return _made(response, access_report(actor=actor, pk=pk))


@router.post("reports/{int:pk}/builds", response={201: ReportOut}, summary=_("生成定稿"))
@guarded
@permission_required("briefing.write")
def build_report(
    request: HttpRequest, response: HttpResponse, pk: Key, body: BuildIn
) -> Status[ReportOut]:
    """Pin the latest text: every figure as known now or at a past instant."""
    actor = person_of(request)
    report = access_report(actor=actor, pk=pk, to="write")
    with unchanged(request, lambda: report_out(report)):
        writing.build_report(actor=actor, at=timezone.now(), report=report, known_at=body.known_at)
    return _made(response, access_report(actor=actor, pk=pk))


@router.get(
    "reports/{int:pk}/file",
    summary=_("下载材料"),
    openapi_extra={"responses": {200: {"content": {media: {} for media in MEDIA.values()}}}},
)
@permission_required("briefing.view")
def download_report(
    request: HttpRequest, pk: Key, form: Annotated[Literal["docx", "pdf", "txt"], Query()] = "docx"
) -> HttpResponse:
    """The pinned build as a file; the download is written down in the audit."""
    actor = person_of(request)
    report = access_report(actor=actor, pk=pk)
    if report.build is None:
        raise problems.Problem(409, gettext("还没有生成定稿，生成之后才能下载。"))
    file = download(actor=actor, at=timezone.now(), report=report, kind=form)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def report_out(report: Report) -> ReportOut:
    """A report by itself."""
    draft = writing.latest(report)
    return ReportOut(**_brief(report), draft=draft.number, text=draft.text, pinned=_build(report))


def _build(report: Report) -> BuildOut | None:
    build = report.build
    if build is None:
        return None
    return BuildOut(
        id=build.pk,
        known_at=build.known_at,
        built_at=build.built_at,
        built_by=build.built_by.display_name,
        text_hash=build.text_hash,
        figures=[
            BindingOut(
                source=source,
                text=answer.text,
                missing=answer.missing,
                numbers=[
                    NumberOut(
                        text=one.text,
                        value=one.value,
                        unit=one.unit,
                        measure=one.measure,
                        reference=one.reference,
                    )
                    for one in answer.shown
                ],
            )
            for source, answer in edition_of(build).answers.items()
        ],
        findings=[
            ReportFindingOut(key=one.key, kind=one.kind, message=one.message, severity=one.severity)
            for one in stored_findings(build)
        ],
    )


def _brief(report: Report) -> dict[str, Any]:
    return {
        "id": report.pk,
        "title": report.title,
        "template": report.template,
        "period": report.period,
        "area": report.area,
        "state": report.state,
        "unit": unit_brief(report.unit) if report.unit else None,
        "owner": report.owner.display_name,
        "created_at": report.created_at,
        "build": report.build_id,
        "supersedes": report.supersedes_id,
    }


def _made(response: HttpResponse, report: Report) -> Status[ReportOut]:
    return made(response, report_out(report), place_of(report))


def place_of(report: Report) -> str:
    """Where a report is."""
    return f"/api/v1/briefing/reports/{report.pk}"


def register_reports() -> None:
    """Called once, when the desk is ready."""
    routers.register("briefing", router)
    problems.tell(
        UnknownTemplate, lambda refusal: problems.wrong("body.template", refusal.told(gettext))
    )
    problems.tell(Refused, lambda refusal: problems.Problem(409, refusal.told(gettext)))
